import type { CallEvent, Values } from '../../flow/index.ts';
import type { Effect } from '../effect.ts';
import {
  connects,
  lacksOption,
  listens,
  loadsNative,
  members,
  reaches,
  reads,
  requests,
  starts,
  variables,
  writes,
} from './write.ts';

/** `os.OpenFile` says by its flags; where they are not spelled out it is taken to read. */
function byFlags(call: CallEvent, values: Values): readonly string[] {
  const flags = call.argument(1)?.value;
  if (flags === undefined) return ['read'];
  const names = values.pathsOf(flags);
  const isWriting = names.some(name => /O_(?:WRONLY|RDWR|CREATE|APPEND|TRUNC)/u.test(name));
  return isWriting ? (names.some(name => name.endsWith('O_RDWR')) ? ['read', 'write'] : ['write']) : ['read'];
}

const files: readonly Effect[] = [
  reads([
    'os.Open',
    'os.ReadFile',
    'os.ReadDir',
    'os.Readlink',
    'os.DirFS',
    'io/ioutil.ReadFile',
    'io/ioutil.ReadDir',
    'path/filepath.Walk',
    'path/filepath.WalkDir',
    'path/filepath.Glob',
    'archive/zip.OpenReader',
    'html/template.ParseFiles',
    'text/template.ParseFiles',
    'github.com/joho/godotenv.Load',
  ]),
  writes([
    'os.Create',
    'os.WriteFile',
    'os.Mkdir',
    'os.MkdirAll',
    'os.Truncate',
    'os.Chmod',
    'os.Chown',
    'os.Chtimes',
    'io/ioutil.WriteFile',
  ]),
  writes(['os.Remove', 'os.RemoveAll'], 0, 'removes a file'),
  writes(['os.Rename'], 0, 'moves a file'),
  writes(['os.Rename', 'os.Link', 'os.Symlink'], 1),
  { call: ['os.OpenFile'], scope: 'filesystem', action: byFlags, is: 'file', does: 'opens a file' },
  reads(['net/http.Dir']),
  reads(['net/http.ServeFile'], 2),
  ...['read', 'write'].map(
    (action): Effect => ({
      call: ['database/sql.Open', 'github.com/jmoiron/sqlx.Open', 'github.com/jmoiron/sqlx.Connect'],
      scope: 'filesystem',
      action,
      is: 'file',
      at: 1,
      does: 'opens a database file',
      when: (call, values) => /^sqlite3?$/u.test(values.textOf(call.argument(0)?.value ?? {}) ?? ''),
    }),
  ),
  ...['read', 'write'].map(
    (action): Effect => ({
      call: [
        'go.etcd.io/bbolt.Open',
        'github.com/dgraph-io/badger/v4.DefaultOptions',
        'github.com/syndtr/goleveldb/leveldb.OpenFile',
      ],
      scope: 'filesystem',
      action,
      is: 'file',
      does: 'opens a database file',
    }),
  ),
];

const http = ['net/http', 'net/http.Client', 'net/http.DefaultClient'];
const network: readonly Effect[] = [
  requests(members(http, 'Get'), 0, 'GET'),
  requests(members(http, 'Head'), 0, 'HEAD'),
  requests(members(http, 'Post PostForm'), 0, 'POST'),
  requests(['net/http.NewRequest'], 1, { at: 0 }),
  requests(['net/http.NewRequestWithContext'], 2, { at: 1 }),
  connects(['net.Dial', 'net.DialTimeout', 'crypto/tls.Dial', 'net.Dialer.Dial'], 1),
  connects(['net.Dialer.DialContext', 'crypto/tls.Dialer.DialContext'], 2),
  connects(['net.LookupHost', 'net.LookupIP', 'net.LookupAddr', 'net.LookupMX', 'net.LookupTXT'], 0, {
    does: 'looks a host up',
  }),
  connects(['golang.org/x/crypto/ssh.Dial'], 1),
  connects(
    [
      'net/smtp.SendMail',
      'net/smtp.Dial',
      'net/rpc.DialHTTP',
      'google.golang.org/grpc.Dial',
      'google.golang.org/grpc.NewClient',
      'google.golang.org/grpc.DialContext',
    ],
    0,
  ),
  requests([
    'github.com/gorilla/websocket.Dialer.Dial',
    'github.com/gorilla/websocket.DefaultDialer.Dial',
    'github.com/nats-io/nats.go.Connect',
    'github.com/rabbitmq/amqp091-go.Dial',
  ]),
  requests(
    [
      'nhooyr.io/websocket.Dial',
      'github.com/coder/websocket.Dial',
      'github.com/jackc/pgx/v5.Connect',
      'github.com/jackc/pgx/v5/pgxpool.New',
    ],
    1,
  ),
  ...['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head'].map(name =>
    requests(
      [`github.com/go-resty/resty/v2.Request.${name}`, `github.com/go-resty/resty/v2.New().R().${name}`],
      0,
      name.toUpperCase(),
    ),
  ),
  requests(['database/sql.Open', 'github.com/jmoiron/sqlx.Open', 'github.com/jmoiron/sqlx.Connect'], 1),
  connects(['github.com/redis/go-redis/v9.NewClient', 'github.com/go-redis/redis/v8.NewClient'], 'Addr'),
  ...(
    [
      [
        ['github.com/sashabaranov/go-openai.NewClient', 'github.com/openai/openai-go.NewClient'],
        'api.openai.com',
      ],
      [['github.com/anthropics/anthropic-sdk-go.NewClient'], 'api.anthropic.com'],
      [['github.com/google/go-github/github.NewClient'], 'api.github.com'],
      [['github.com/slack-go/slack.New'], 'slack.com'],
    ] as const
  ).map(
    ([call, host]): Effect => ({ ...reaches(call, host, `talks to ${host}`), when: lacksOption('BaseURL') }),
  ),
  listens([
    'net/http.ListenAndServe',
    'net/http.ListenAndServeTLS',
    'net/http.Serve',
    'net/http.Server.ListenAndServe',
    'net/http.Server.ListenAndServeTLS',
    'net.Listen',
    'net.ListenTCP',
    'net.ListenUDP',
    'net.ListenPacket',
    'crypto/tls.Listen',
    'github.com/gin-gonic/gin.Engine.Run',
    'github.com/gofiber/fiber/v2.App.Listen',
    'github.com/labstack/echo/v4.Echo.Start',
  ]),
];

const processes: readonly Effect[] = [
  starts(['os/exec.Command', 'os.StartProcess', 'syscall.Exec', 'syscall.ForkExec'], 'program'),
  starts(['os/exec.CommandContext'], 'program', 1),
  variables(['os.Getenv', 'os.LookupEnv', 'syscall.Getenv']),
  loadsNative([
    'plugin.Open',
    'syscall.LoadLibrary',
    'github.com/ebitengine/purego.Dlopen',
    'golang.org/x/sys/windows.NewLazyDLL',
  ]),
];

const desktop: readonly Effect[] = [
  {
    call: ['github.com/atotto/clipboard.ReadAll', 'golang.design/x/clipboard.Read'],
    scope: 'system',
    action: 'clipboard',
    resource: 'read',
    does: 'reads the clipboard',
  },
  {
    call: ['github.com/atotto/clipboard.WriteAll', 'golang.design/x/clipboard.Write'],
    scope: 'system',
    action: 'clipboard',
    resource: 'write',
    does: 'writes to the clipboard',
  },
  {
    call: ['github.com/gen2brain/beeep.Notify', 'github.com/gen2brain/beeep.Alert'],
    scope: 'system',
    action: 'notifications',
    does: 'shows a notification',
  },
];

/** What Go calls, in its standard library and popular modules. */
export const goEffects: readonly Effect[] = [...files, ...network, ...processes, ...desktop];
