import type { Abstract, CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { isHostChosen } from './address.ts';
import { javascriptLanguages } from './languages.ts';

const CLIENTS = [
  'global.fetch',
  'http.get',
  'http.request',
  'https.get',
  'https.request',
  'http2.connect',
  'axios',
  ...'get post put delete patch head options request'
    .split(' ')
    .flatMap(verb =>
      [
        'axios',
        'got',
        'request',
        'superagent',
        'needle',
        'ky',
        'bent',
        'wreck',
        'ofetch',
        'phin',
        'popsicle',
      ].map(client => `${client}.${verb}`),
    ),
  'got',
  'got.stream',
  'request',
  'needle',
  'ky',
  'phin',
  'wretch',
  'ofetch',
  'ofetch.ofetch',
  'global.$fetch',
  'undici.request',
  'undici.stream',
  'global.XMLHttpRequest.open',
  'net.connect',
  'net.createConnection',
  'net.Socket.connect',
  'tls.connect',
  'websocket.client.connect',
  'global.WebSocket',
  'ws.WebSocket',
  'urllib.request',
  'download',
  'image-size',
  'jsdom.JSDOM.fromURL',
  'nodemailer.createTransport',
  'http-proxy.createProxyServer().web',
  'http-proxy-middleware.createProxyMiddleware',
  'express-http-proxy',
  'request-promise.get',
];
/** Browsers that are driven: what they are shown, they load. */
const PAGES = ['**.goto', '**.navigateTo', '**.setContent', 'wkhtmltopdf', 'webshot', 'html-pdf.create'];

export const ssrfRule: Rule = {
  id: 'PW-JS-SSRF',
  title: 'Others choose which server is asked',
  category: 'ssrf',
  cwe: 918,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Whoever chooses the address makes this program ask servers that only it can reach: the cloud’s metadata, databases, the machine itself.',
    remedy: 'Compare the host with a list of those that are meant, after parsing the URL.',
    bad: "app.get('/', async (req, res) => { const answer = await fetch(req.query.url); });",
    good: "app.get('/', async (req, res) => { const answer = await fetch('https://api.example.org/items/' + encodeURIComponent(req.query.id)); });",
  },
  watches: [
    { on: 'call', of: CLIENTS, check },
    { on: 'call', of: PAGES, check },
  ],
};

function check(call: CallEvent, context: RuleContext): void {
  // A page's own script asks on behalf of whoever looks at the page.
  if (call.paths.includes('global.XMLHttpRequest.open')) {
    judge(call, call.args[1]?.value, context);
    return;
  }
  const first = call.args[0]?.value;
  const hosts = ['url', 'uri', 'host', 'hostname', 'baseURL', 'baseUrl', 'prefixUrl', 'target']
    .map(key => call.option(key))
    .filter(one => one !== undefined);
  const isOptions = first?.fields !== undefined && first.taint === undefined;
  for (const value of isOptions ? hosts : [first, ...hosts]) {
    if (judge(call, value, context)) return;
  }
}

function judge(call: CallEvent, value: Abstract | undefined, context: RuleContext): boolean {
  if (value === undefined) return false;
  const taint = context.values.taintOf(value, 'ssrf');
  // A page that asks for something beside itself asks as whoever looks at it.
  if (taint?.level !== 'user' || taint.source === 'the page’s address') return false;
  if (!isHostChosen(value, context)) return false;
  context.report(call.node, {
    message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} decides where \`${call.method}\` connects to.`,
    taint,
  });
  return true;
}
