import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

export const bindAllRule: Rule = {
  id: 'PW-RS-BIND-ALL',
  title: 'A server listens on every interface',
  category: 'other',
  cwe: 605,
  severity: 'info',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Everyone who can reach the machine can reach the server, not only programs on it.',
    remedy: 'Listen on `127.0.0.1` unless others have to reach it.',
    bad: `fn listen() {
    let listener = std::net::TcpListener::bind("0.0.0.0:8080");
}`,
    good: `fn listen() {
    let listener = std::net::TcpListener::bind("127.0.0.1:8080");
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        'std.net.TcpListener.bind std.net.UdpSocket.bind **.bind axum.Server.bind hyper.Server.bind axum_server.bind **.bind_rustls **.bind_openssl actix_web.HttpServer.bind **.listen tiny_http.Server.http',
      ),
      check: (call, context) => {
        const value = call.args[0]?.value ?? {};
        const patterns = [value, ...context.values.elements(value)].map(one => context.values.patternOf(one));
        if (!patterns.some(one => /^(?:0\.0\.0\.0|\[::\])(?::|$)/.test(one))) return;
        context.report(call.node, { message: 'Everyone who can reach the machine can reach this server.' });
      },
    },
  ],
};
