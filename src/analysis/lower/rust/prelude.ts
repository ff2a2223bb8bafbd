/** Where the names that need no `use` come from. */
const PRELUDE: Readonly<Record<string, string>> = {
  Vec: 'std.vec.Vec',
  String: 'std.string.String',
  Box: 'std.boxed.Box',
  Option: 'std.option.Option',
  Some: 'std.option.Option.Some',
  None: 'std.option.Option.None',
  Result: 'std.result.Result',
  Ok: 'std.result.Result.Ok',
  Err: 'std.result.Result.Err',
  ToString: 'std.string.ToString',
  Iterator: 'std.iter.Iterator',
  IntoIterator: 'std.iter.IntoIterator',
  Default: 'std.default.Default',
  From: 'std.convert.From',
  Into: 'std.convert.Into',
  TryFrom: 'std.convert.TryFrom',
  AsRef: 'std.convert.AsRef',
  Clone: 'std.clone.Clone',
  Drop: 'std.ops.Drop',
  Send: 'std.marker.Send',
  Sync: 'std.marker.Sync',
  drop: 'std.mem.drop',
};

const PRIMITIVE = /^(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char|str)$/;

/** Other names of the same thing; the one on the right is the one that tables use. */
const SAME: Readonly<Record<string, string>> = {
  core: 'std',
  alloc: 'std',
  'tokio.fs': 'std.fs',
  'tokio.process': 'std.process',
  'tokio.net': 'std.net',
  'async_std.fs': 'std.fs',
  'async_std.process': 'std.process',
  'async_std.net': 'std.net',
  'async_std.path': 'std.path',
  'async_std.io': 'std.io',
  'tokio.io': 'std.io',
  'smol.fs': 'std.fs',
  'smol.process': 'std.process',
  'smol.net': 'std.net',
  async_process: 'std.process',
  async_fs: 'std.fs',
  fs_err: 'std.fs',
  'fs_err.tokio': 'std.fs',
  'std.fs.tokio': 'std.fs',
  'reqwest.blocking': 'reqwest',
  'diesel.dsl.sql_query': 'diesel.sql_query',
  'diesel.dsl.sql': 'diesel.sql',
  'diesel.prelude': 'diesel',
  'axum.Json': 'axum.extract.Json',
  'axum.Form': 'axum.extract.Form',
  'axum.Extension': 'axum.extract.Extension',
  'actix_web.dev.ServiceRequest': 'actix_web.HttpRequest',
  'libc.unix': 'libc',
  'std.os.raw': 'libc',
  'std.ffi.c_char': 'libc.c_char',
};

/** The path of a name that the file does not declare: a macro, a prelude name, or a crate. */
export function globalPath(name: string): string | undefined {
  if (name.endsWith('!')) return `std.macro.${name}`;
  if (Object.hasOwn(PRELUDE, name)) return PRELUDE[name];
  if (PRIMITIVE.test(name)) return `std.primitive.${name}`;
  return /^[a-z]\w*$/.test(name) ? canonical(name) : undefined;
}

/** A member of something that has a path. */
export function memberPath(base: string, key: string): string {
  return canonical(`${base}.${key}`);
}

/** The path of a crate or module; `undefined` for what is in the plugin's own files. */
export function modulePath(specifier: string): string | undefined {
  const [root = '', ...rest] = specifier.split('.');
  if (root === 'crate' || root === 'self' || root === 'super' || root === '') return undefined;
  return rest.reduce(memberPath, canonical(root));
}

function canonical(path: string): string {
  return Object.hasOwn(SAME, path) ? (SAME[path] ?? path) : path;
}
