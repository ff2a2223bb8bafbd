import type { HandlerSpec } from '../../flow/index.ts';
import { aliases, fromUser, type KnowledgePart, named, userSources } from './part.ts';

const MESSAGE = fromUser('a message');

const sockets = ['on', 'once', 'addListener'].flatMap((method): HandlerSpec[] => [
  { call: `net.Socket.${method}`, params: [], rest: MESSAGE },
  { call: `socket.io.Server.${method}`, params: [named('net.Socket')] },
  { call: `ws.Server.${method}`, params: [named('net.Socket'), named('web.Request')] },
  { call: `dgram.Socket.${method}`, params: [MESSAGE] },
]);

/** What arrives over sockets, between processes and windows, and from brokers. */
export const messages: KnowledgePart = {
  handlers: [
    ...sockets,
    { call: 'net.createServer', params: [named('net.Socket')] },
    { call: 'tls.createServer', params: [named('net.Socket')] },
    { parameterNames: ['socket'], params: [named('net.Socket')] },
    { parameterNames: ['ws'], params: [named('net.Socket')] },
    { parameterNames: ['ws', 'req'], params: [named('net.Socket'), named('web.Request')] },
    { parameterNames: ['socket', 'req'], params: [named('net.Socket'), named('web.Request')] },
    { call: 'electron.ipcMain.on', params: [undefined], rest: MESSAGE },
    { call: 'electron.ipcMain.once', params: [undefined], rest: MESSAGE },
    { call: 'electron.ipcMain.handle', params: [undefined], rest: MESSAGE },
    { call: 'electron.ipcMain.handleOnce', params: [undefined], rest: MESSAGE },
    { call: 'global.process.on', params: [] },
    // Threads are a program's own; what they are told came in somewhere else.
    {
      call: 'worker_threads.parentPort.on',
      params: [{ level: 'local', what: 'a message of another thread' }],
    },
    { call: 'kafkajs.Kafka.consumer().run', params: [MESSAGE] },
    { call: 'amqplib.Channel.consume', params: [MESSAGE] },
    { call: 'mqtt.connect().on', params: [], rest: MESSAGE },
    { call: 'redis.createClient().subscribe', params: [], rest: MESSAGE },
    { call: 'vscode.Webview.onDidReceiveMessage', params: [fromUser('a webview’s message')] },
    { call: '**.onDidReceiveMessage', params: [fromUser('a webview’s message')] },
    { call: 'vscode.window.registerUriHandler', params: [fromUser('a URI from outside')] },
  ],
  sources: [
    ...userSources('global.MessageEvent', 'data', 'a message'),
    ...userSources('global.MessageEvent', 'origin', 'a message’s origin'),
    ...userSources('@aws-sdk/client-sqs', 'SQSClient.send()', 'a queue’s message'),
  ],
  same: {
    ...aliases(
      'socket.io.Server',
      'socket.io() socket.io.Server() socket.io.listen() socket.io.Server.of() socket.io',
    ),
    ...aliases(
      'net.Socket',
      'socket.io.Socket ws.WebSocket ws net.connect() net.createConnection() tls.connect()',
    ),
    ...aliases('ws.Server', 'ws.WebSocketServer'),
    ...aliases('dgram.Socket', 'dgram.createSocket()'),
    ...aliases(
      'vscode.Webview',
      'vscode.window.createWebviewPanel().webview vscode.WebviewPanel.webview vscode.WebviewView.webview',
    ),
  },
};
