import type { Effect } from '../effect.ts';
import {
  connects,
  listens,
  loadsNative,
  members,
  reaches,
  reads,
  requests,
  starts,
  startsWorkers,
  variables,
  writes,
} from './write.ts';

const fs = ['std.fs', 'tokio.fs', 'async_std.fs', 'fs_err', 'smol.fs'];
const file = fs.map(module => `${module}.File`);

const files: readonly Effect[] = [
  reads(members(fs, 'read read_to_string read_dir read_link')),
  reads(members(file, 'open')),
  writes([
    ...members(fs, 'write create_dir create_dir_all set_permissions'),
    ...members(file, 'create create_new'),
  ]),
  writes(members(fs, 'remove_file remove_dir remove_dir_all'), 0, 'removes a file'),
  reads(members(fs, 'copy'), 0),
  writes(members(fs, 'copy hard_link'), 1),
  writes(members(fs, 'rename'), 0, 'moves a file'),
  writes(members(fs, 'rename'), 1, 'moves a file'),
  // What is done with it the builder's other calls say; reading is the lesser of the two.
  reads(members(fs, 'OpenOptions.open'), 0, 'opens a file'),
  reads([
    'walkdir.WalkDir',
    'walkdir.WalkDir.new',
    'glob.glob',
    'ignore.WalkBuilder.new',
    'memmap2.Mmap.map',
    'csv.Reader.from_path',
    'image.open',
  ]),
  writes(['csv.Writer.from_path']),
  ...['read', 'write'].map(
    (action): Effect => ({
      call: ['rusqlite.Connection.open', 'sled.open', 'redb.Database.create', 'rocksdb.DB.open_default'],
      scope: 'filesystem',
      action,
      is: 'file',
      does: 'opens a database file',
    }),
  ),
];

const reqwest = [
  'reqwest.Client',
  'reqwest.blocking.Client',
  'reqwest',
  'reqwest.blocking',
  'ureq',
  'ureq.Agent',
  'surf',
  'attohttpc',
  'isahc',
  'minreq',
];
const network: readonly Effect[] = [
  ...['get', 'post', 'put', 'patch', 'delete', 'head'].map(name =>
    requests(members(reqwest, name), 0, name.toUpperCase()),
  ),
  requests(['reqwest.Client.request', 'reqwest.blocking.Client.request', 'ureq.request'], 1, { at: 0 }),
  requests([
    'tungstenite.connect',
    'tokio_tungstenite.connect_async',
    'redis.Client.open',
    'mongodb.Client.with_uri_str',
    'sqlx.PgPool.connect',
    'sqlx.MySqlPool.connect',
    'sqlx.Pool.connect',
    'tokio_postgres.connect',
    'postgres.Client.connect',
    'async_nats.connect',
    'lapin.Connection.connect',
  ]),
  connects(
    [
      'std.net.TcpStream.connect',
      'tokio.net.TcpStream.connect',
      'async_std.net.TcpStream.connect',
      'std.net.UdpSocket.connect',
      'ssh2.Session.handshake',
      'lettre.SmtpTransport.relay',
      'std.net.TcpStream.connect_timeout',
    ],
    0,
  ),
  reaches(['async_openai.Client.new'], 'api.openai.com', 'talks to api.openai.com'),
  reaches(['octocrab.Octocrab.builder', 'octocrab.instance'], 'api.github.com', 'talks to api.github.com'),
  { ...requests(['plugin_workbench.Request.get'], 0, 'GET'), through: 'sdk' },
  { ...requests(['plugin_workbench.Request.post'], 0, 'POST'), through: 'sdk' },
  { ...requests(['plugin_workbench.Request.new'], 1, { at: 0 }), through: 'sdk' },
  listens([
    'std.net.TcpListener.bind',
    'tokio.net.TcpListener.bind',
    'std.net.UdpSocket.bind',
    'tokio.net.UdpSocket.bind',
    'axum.Server.bind',
    'axum.serve',
    'actix_web.HttpServer.bind',
    'warp.serve',
  ]),
];

const processes: readonly Effect[] = [
  starts(
    [
      'std.process.Command.new',
      'tokio.process.Command.new',
      'async_process.Command.new',
      'std.process.Command',
      'tokio.process.Command',
      'duct.cmd',
      'xshell.cmd',
    ],
    'program',
  ),
  { ...starts(['plugin_workbench.Command.new'], 'program'), through: 'sdk' },
  {
    call: ['git2.Repository.clone'],
    scope: 'network',
    action: 'connect',
    is: 'url',
    does: 'fetches a repository',
  },
  {
    call: ['open.that', 'webbrowser.open'],
    scope: 'process',
    action: 'run',
    does: 'opens something in another program',
  },
  variables(['std.env.var', 'std.env.var_os', 'dotenvy.var', 'dotenv.var']),
  loadsNative([
    'libloading.Library.new',
    'libloading.Library',
    'dlopen.wrapper.Container.load',
    'libc.dlopen',
  ]),
  startsWorkers(['libc.fork', 'nix.unistd.fork']),
];

const desktop: readonly Effect[] = [
  {
    call: ['arboard.Clipboard.get_text', 'copypasta.ClipboardContext.get_contents'],
    scope: 'system',
    action: 'clipboard',
    resource: 'read',
    does: 'reads the clipboard',
  },
  {
    call: ['arboard.Clipboard.set_text', 'copypasta.ClipboardContext.set_contents'],
    scope: 'system',
    action: 'clipboard',
    resource: 'write',
    does: 'writes to the clipboard',
  },
  {
    call: ['notify_rust.Notification.show'],
    scope: 'system',
    action: 'notifications',
    does: 'shows a notification',
  },
];

/** What Rust calls, in its standard library and popular crates. */
export const rustEffects: readonly Effect[] = [...files, ...network, ...processes, ...desktop];
