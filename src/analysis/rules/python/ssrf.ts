import type { Abstract } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';
import { type Sink, sinkRule } from '../sink-rule.ts';
import { choosesHost } from './host-choice.ts';
import { python } from './misuse.ts';

const verbs = 'get post put delete patch head options'.split(' ');
const clients = ['requests', 'requests.Session', 'httpx', 'httpx.Client', 'aiohttp.ClientSession'];
const isOpen = (_event: unknown, value: Abstract, { values }: RuleContext): boolean =>
  choosesHost(value, values);

const url: Sink = {
  call: [
    ...clients.flatMap(client => verbs.map(verb => `${client}.${verb}`)),
    'urllib.request.urlopen',
    'urllib.request.urlretrieve',
    'urllib.request.Request',
    'urllib.request.FancyURLopener.open',
    'httpx.stream',
    'httpx.Client.stream',
    'pandas.read_html',
    'feedparser.parse',
    'wget.download',
    'websockets.connect',
    'websocket.create_connection',
    'httplib2.Http.request',
    'tornado.httpclient.AsyncHTTPClient.fetch',
    'tornado.httpclient.HTTPClient.fetch',
    'playwright.Page.goto',
    'pycurl.Curl.setopt_url',
    'treq.get',
    'grequests.get',
    'aiohttp.ClientSession.ws_connect',
  ],
  argument: [0, 'url'],
  from: 'user',
  when: isOpen,
};

export const ssrfRule = sinkRule({
  id: 'PW-PY-SSRF',
  title: 'Someone else chooses where a request goes',
  category: 'ssrf',
  cwe: 918,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'The program asks machines that only it can reach: services inside the network, the cloud’s metadata, itself.',
    remedy: 'Keep the host fixed, or look the host up in a list of those that are meant.',
    bad: 'import requests\nfrom flask import request\n\ndef fetch():\n    return requests.get(request.args["url"], timeout=5).text',
    good: 'import requests\nfrom flask import request\n\ndef fetch():\n    return requests.get("https://api.example.com/items", params={"q": request.args["q"]}, timeout=5).text',
  },
  does: 'decides where the request goes',
  sinks: [
    url,
    {
      call: [
        ...['requests', 'requests.Session', 'httpx', 'httpx.Client', 'aiohttp.ClientSession', 'urllib3'].map(
          one => `${one}.request`,
        ),
        'urllib3.PoolManager.request',
        'urllib3.PoolManager.urlopen',
        'requests.Request',
      ],
      argument: [1, 'url'],
      from: 'user',
      when: isOpen,
    },
    {
      call: [
        'http.client.HTTPConnection',
        'http.client.HTTPSConnection',
        'urllib3.HTTPConnectionPool',
        'ftplib.FTP',
        'telnetlib.Telnet',
        'smtplib.SMTP',
        'smtplib.SMTP_SSL',
        'paramiko.SSHClient.connect',
        'socket.create_connection',
        'asyncio.open_connection',
        'socket.socket.connect',
        'socket.gethostbyname',
      ],
      argument: [0, 'host'],
      from: 'user',
      does: 'decides which host is connected to',
    },
    {
      call: ['pycurl.Curl.setopt'],
      argument: 1,
      from: 'user',
      when: (event, value, context) => {
        const option = 'args' in event ? event.args[0] : undefined;
        const isUrl = option && context.values.pathsOf(option.value).some(path => path.endsWith('URL'));
        return isUrl === true && isOpen(event, value, context);
      },
    },
  ],
});
