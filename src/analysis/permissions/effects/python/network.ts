import type { Effect } from '../../effect.ts';
import { connects, hasOption, lacksOption, listens, members, reaches, requests } from '../write.ts';

const clients = [
  'requests',
  'httpx',
  'requests.Session',
  'requests.session()',
  'requests.sessions.Session',
  'httpx.Client',
  'httpx.AsyncClient',
  'aiohttp.ClientSession',
];

/** Calls of Python about other machines. */
export const networkEffects: readonly Effect[] = [
  ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options'].map(name =>
    requests(members(clients, name), [0, 'url'], name.toUpperCase()),
  ),
  requests(members(clients, 'request stream'), [1, 'url'], { at: [0, 'method'] }),
  {
    ...requests(['httpx.Client', 'httpx.AsyncClient', 'aiohttp.ClientSession'], 'base_url'),
    when: hasOption('base_url'),
  },
  requests(
    [
      'urllib.request.urlopen',
      'urllib.request.Request',
      'urllib.request.urlretrieve',
      'urllib3.request',
      'wget.download',
      'feedparser.parse',
    ],
    [0, 'url'],
  ),
  requests(['urllib3.PoolManager.request', 'urllib3.PoolManager.urlopen'], [1, 'url'], { at: 0 }),
  connects(['http.client.HTTPSConnection'], [0, 'host'], { port: [1, 'port'], protocol: 'https' }),
  connects(['http.client.HTTPConnection'], [0, 'host'], { port: [1, 'port'], protocol: 'http' }),
  requests([
    'websockets.connect',
    'websockets.client.connect',
    'websocket.create_connection',
    'websocket.WebSocketApp',
    'socketio.Client.connect',
    'pymongo.MongoClient',
    'redis.from_url',
    'redis.Redis.from_url',
    'amqp.Connection',
    'sqlalchemy.create_engine',
    'xmlrpc.client.ServerProxy',
    'psycopg.connect',
    'psycopg2.connect',
  ]),
  connects(['socket.create_connection'], 0),
  connects(
    [
      'ftplib.FTP',
      'ftplib.FTP_TLS',
      'smtplib.SMTP',
      'smtplib.SMTP_SSL',
      'poplib.POP3',
      'poplib.POP3_SSL',
      'imaplib.IMAP4',
      'imaplib.IMAP4_SSL',
      'telnetlib.Telnet',
    ],
    [0, 'host'],
    { port: [1, 'port'] },
  ),
  connects(
    [
      'asyncio.open_connection',
      'paramiko.SSHClient.connect',
      'pymysql.connect',
      'mysql.connector.connect',
      'asyncpg.connect',
      'redis.Redis',
      'redis.StrictRedis',
      'fabric.Connection',
      'ldap3.Server',
    ],
    [0, 'host'],
    { port: [1, 'port'] },
  ),
  connects(['socket.gethostbyname', 'socket.getaddrinfo'], 0, { does: 'looks a host up' }),
  {
    call: ['socket.socket.connect', 'socket.socket.connect_ex', 'socket.socket.sendto'],
    scope: 'network',
    action: 'connect',
    does: 'connects to a host',
  },
  ...(
    [
      [['openai.OpenAI', 'openai.AsyncOpenAI', 'openai.ChatCompletion.create'], 'api.openai.com'],
      [['anthropic.Anthropic', 'anthropic.AsyncAnthropic', 'anthropic.Client'], 'api.anthropic.com'],
      [['google.generativeai.configure', 'google.genai.Client'], 'generativelanguage.googleapis.com'],
      [['cohere.Client'], 'api.cohere.com'],
      [['groq.Groq'], 'api.groq.com'],
      [['github.Github'], 'api.github.com'],
      [['slack_sdk.WebClient'], 'slack.com'],
      [['twilio.rest.Client'], 'api.twilio.com'],
      [
        [
          'huggingface_hub.hf_hub_download',
          'huggingface_hub.snapshot_download',
          'huggingface_hub.InferenceClient',
        ],
        'huggingface.co',
      ],
    ] as const
  ).map(
    ([call, host]): Effect => ({
      ...reaches(call, host, `talks to ${host}`),
      when: lacksOption('base_url', 'api_base', 'base_api_url'),
    }),
  ),
  listens([
    'http.server.HTTPServer',
    'http.server.ThreadingHTTPServer',
    'socketserver.TCPServer',
    'socketserver.UDPServer',
    'socket.socket.bind',
    'socket.socket.listen',
    'socket.create_server',
    'asyncio.start_server',
    'flask.Flask.run',
    'uvicorn.run',
    'aiohttp.web.run_app',
    'websockets.serve',
    'waitress.serve',
    'gevent.pywsgi.WSGIServer',
  ]),
];
