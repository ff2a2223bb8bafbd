import type { Rule } from '../rule.ts';
import { lastPart, misusedCalls, python } from './misuse.ts';

const EVERYWHERE = 'The server can be reached from every network that the machine is in.';

function isEverywhere(host: string | undefined, method: string): boolean {
  return host === '0.0.0.0' || host === '::' || (host === '' && method === 'bind');
}

export const bindRule: Rule = {
  id: 'PW-PY-BIND',
  title: 'A server listens on all networks',
  category: 'ssrf',
  cwe: 605,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Everyone on any network that the machine is in reaches the server, not only programs on the machine.',
    remedy: 'Listen on `127.0.0.1`, or on the one address that is meant, taken from the configuration.',
    bad: 'import socket\n\nserver = socket.socket()\nserver.bind(("0.0.0.0", 8080))',
    good: 'import socket\n\nserver = socket.socket()\nserver.bind(("127.0.0.1", 8080))',
  },
  watches: [
    misusedCalls(
      'socket.socket.bind ?.bind socketserver.TCPServer socketserver.ThreadingTCPServer socketserver.UDPServer http.server.HTTPServer http.server.ThreadingHTTPServer wsgiref.simple_server.make_server socket.create_server',
      (call, { values }) => {
        const [address] = call.args;
        if (address === undefined) return undefined;
        const host =
          values.field(address.value, '0') ?? (lastPart(call) === 'make_server' ? address.value : undefined);
        return host && isEverywhere(values.textOf(host), call.method) ? EVERYWHERE : undefined;
      },
    ),
    misusedCalls(
      'flask.Flask.run ?.run uvicorn.run bottle.run sanic.Sanic.run aiohttp.web.run_app flask_socketio.SocketIO.run waitress.serve asyncio.start_server grpc.server.add_insecure_port hypercorn.run',
      (call, { values }) => {
        const host = call.argument(call.paths.includes('asyncio.start_server') ? 1 : undefined, 'host');
        return host && isEverywhere(values.textOf(host.value), 'run') ? EVERYWHERE : undefined;
      },
    ),
    misusedCalls('flask.Flask.run', (call, { values }) => {
      const [host] = call.args;
      return host && host.name === undefined && isEverywhere(values.textOf(host.value), 'run')
        ? EVERYWHERE
        : undefined;
    }),
  ],
};
