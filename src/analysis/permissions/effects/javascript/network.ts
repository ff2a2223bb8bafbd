import type { Effect } from '../../effect.ts';
import { connects, hasOption, lacksOption, listens, members, reaches, requests } from '../write.ts';

const http = ['http', 'https', 'follow-redirects.http', 'follow-redirects.https'];
const anyMethod = { at: 'method' } as const;

/** Calls of JavaScript about other machines. */
export const networkEffects: readonly Effect[] = [
  requests(
    [
      'global.fetch',
      'undici.fetch',
      'undici.request',
      'node-fetch',
      'node-fetch.default',
      'cross-fetch',
      'cross-fetch.default',
      'cross-fetch.fetch',
      'got',
      'got.default',
      'ky',
      'ky.default',
      'needle',
      'superagent',
      'request',
      'request-promise',
    ],
    0,
    anyMethod,
  ),
  { ...requests(members(http, 'request get'), 0, anyMethod), when: lacksOption('hostname', 'host') },
  {
    ...connects(members(http, 'request get'), 'hostname', { port: 'port', does: 'sends a request' }),
    when: hasOption('hostname'),
  },
  {
    ...connects(members(http, 'request get'), 'host', { port: 'port', does: 'sends a request' }),
    when: call => call.option('host') !== undefined && call.option('hostname') === undefined,
  },
  {
    ...requests(['axios', 'axios.default', 'axios.request', 'axios.default.request'], 'url', anyMethod),
    when: lacksOption('baseURL'),
  },
  {
    ...requests(['axios', 'axios.default', 'axios.create', 'axios.default.create'], 'baseURL'),
    when: hasOption('baseURL'),
  },
  {
    ...requests(['ky.create', 'ky.default.create', 'got.extend', 'got.default.extend'], 'prefixUrl'),
    when: hasOption('prefixUrl'),
  },
  ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options'].map(name =>
    requests(
      members(
        [
          'axios',
          'axios.default',
          'got',
          'got.default',
          'ky',
          'ky.default',
          'needle',
          'superagent',
          'request',
          'superagent.default',
        ],
        name,
      ),
      0,
      name.toUpperCase(),
    ),
  ),
  requests([
    'global.WebSocket',
    'global.EventSource',
    'ws',
    'ws.default',
    'ws.WebSocket',
    'eventsource',
    'eventsource.EventSource',
    'socket.io-client',
    'socket.io-client.io',
    'socket.io-client.default',
    'mqtt.connect',
    'amqplib.connect',
  ]),
  requests(['global.navigator.sendBeacon'], 0, 'POST'),
  requests(['global.XMLHttpRequest.open'], 1, { at: 0 }),
  {
    ...connects(members(['net', 'tls'], 'connect createConnection'), 'host', { port: 'port' }),
    when: hasOption('host'),
  },
  {
    ...connects(members(['net', 'tls'], 'connect createConnection'), 1, { port: 0 }),
    when: call =>
      call.option('host') === undefined && call.option('path') === undefined && call.args.length > 1,
  },
  connects(['net.Socket.connect'], 1, { port: 0 }),
  connects(
    [
      'dns.lookup',
      'dns.resolve',
      'dns.resolve4',
      'dns.resolve6',
      'dns.promises.lookup',
      'dns/promises.lookup',
      'dns/promises.resolve',
    ],
    0,
    { does: 'looks a host up' },
  ),
  connects(['http2.connect'], 0),
  connects(
    [
      'pg.Client',
      'pg.Pool',
      'mysql.createConnection',
      'mysql.createPool',
      'mysql2.createConnection',
      'mysql2.createPool',
      'mysql2/promise.createConnection',
      'mysql2/promise.createPool',
      'nodemailer.createTransport',
      'ioredis',
      'ioredis.default',
      'ssh2.Client.connect',
      'basic-ftp.Client.access',
      'imapflow.ImapFlow',
    ],
    'host',
    { port: 'port' },
  ),
  requests([
    'mongodb.MongoClient',
    'mongodb.MongoClient.connect',
    'mongoose.connect',
    'mongoose.default.connect',
    'nats.connect',
  ]),
  requests(['redis.createClient'], 'url'),
  ...(
    [
      [['openai', 'openai.default', 'openai.OpenAI'], 'api.openai.com'],
      [
        ['@anthropic-ai/sdk', '@anthropic-ai/sdk.default', '@anthropic-ai/sdk.Anthropic'],
        'api.anthropic.com',
      ],
      [
        ['@google/generative-ai.GoogleGenerativeAI', '@google/genai.GoogleGenAI'],
        'generativelanguage.googleapis.com',
      ],
      [['@mistralai/mistralai', '@mistralai/mistralai.Mistral'], 'api.mistral.ai'],
      [['cohere-ai.CohereClient'], 'api.cohere.com'],
      [['groq-sdk', 'groq-sdk.default', 'groq-sdk.Groq'], 'api.groq.com'],
      [['stripe', 'stripe.default', 'stripe.Stripe'], 'api.stripe.com'],
      [['@octokit/rest.Octokit', 'octokit.Octokit', '@octokit/core.Octokit'], 'api.github.com'],
      [['@slack/web-api.WebClient'], 'slack.com'],
      [['twilio', 'twilio.default'], 'api.twilio.com'],
      [['@sendgrid/mail.send'], 'api.sendgrid.com'],
      [['@notionhq/client.Client'], 'api.notion.com'],
    ] as const
  ).map(
    ([call, host]): Effect => ({
      ...reaches(call, host, `talks to ${host}`),
      when: lacksOption('baseURL', 'baseUrl', 'basePath', 'host', 'slackApiUrl', 'serverURL'),
    }),
  ),
  listens([
    'http.createServer().listen',
    'https.createServer().listen',
    'http2.createServer().listen',
    'net.createServer().listen',
    'net.Server.listen',
    'http.Server.listen',
    'express().listen',
    'express.default().listen',
    'fastify().listen',
    'fastify.default().listen',
    'koa.listen',
    'koa.default.listen',
    'dgram.createSocket().bind',
    'ws.WebSocketServer',
    'ws.Server',
    'global.Bun.serve',
    'global.Deno.serve',
  ]),
];
