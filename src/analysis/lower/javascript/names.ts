/**
 * How the things outside a file are called. There are many ways to write each (`window['eval']`, `node:fs`,
 * `import fs from 'fs/promises'`); this file knows which mean the same.
 */

const GLOBAL_OBJECTS = new Set(['globalThis', 'global', 'window', 'self', 'frames', 'top', 'parent']);

/** Modules that behave like another one. */
const MODULE_ALIASES: ReadonlyMap<string, string> = new Map([
  ['fs/promises', 'fs'],
  ['fs-extra', 'fs'],
  ['graceful-fs', 'fs'],
  ['mz/fs', 'fs'],
  ['mz/child_process', 'child_process'],
  ['path/posix', 'path'],
  ['path/win32', 'path'],
  ['util/types', 'util.types'],
  ['stream/promises', 'stream'],
  ['dns/promises', 'dns'],
  ['timers/promises', 'timers.promises'],
  ['readline/promises', 'readline'],
  ['process', 'global.process'],
  ['console', 'global.console'],
  ['lodash-es', 'lodash'],
  ['underscore', 'lodash'],
  ['mysql2/promise', 'mysql2'],
  ['react-dom/server', 'react-dom.server'],
  ['sqlite3', 'sqlite3'],
  ['bluebird', 'global.Promise'],
]);

/** Members of modules, and ways to reach a thing, that have a shorter name. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['global.process.mainModule.require', 'global.require'],
  ['global.module.require', 'global.require'],
  ['global.module.constructor._load', 'global.require'],
  ['global.require.main.require', 'global.require'],
  ['global.document.defaultView', 'global'],
  ['global.document.location', 'global.location'],
  ['global.exports', 'global.module.exports'],
  ['global.Function.prototype.constructor', 'global.Function'],
  ['path.posix', 'path'],
  ['path.win32', 'path'],
  ['fs.promises', 'fs'],
  ['dns.promises', 'dns'],
  ['timers.setTimeout', 'global.setTimeout'],
  ['timers.setInterval', 'global.setInterval'],
  ['timers.setImmediate', 'global.setImmediate'],
  ['buffer.Buffer', 'global.Buffer'],
  ['url.URL', 'global.URL'],
  ['url.URLSearchParams', 'global.URLSearchParams'],
  ['crypto.webcrypto', 'global.crypto'],
  ['crypto.subtle', 'global.crypto.subtle'],
  ['vm2.default', 'vm2'],
]);

/** The path of a name that the file does not declare. */
export function globalPath(name: string): string | undefined {
  if (name === 'undefined' || name === 'arguments') return undefined;
  if (GLOBAL_OBJECTS.has(name)) return 'global';
  return SAME.get(`global.${name}`) ?? `global.${name}`;
}

/** The path of a module as imported; `undefined` for the plugin's own files. */
export function modulePath(specifier: string): string | undefined {
  if (isOwn(specifier) || specifier === '') return undefined;
  const bare = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  const known = MODULE_ALIASES.get(bare);
  if (known !== undefined) return known;
  // One function of a collection: `lodash/merge`, `lodash-es/merge.js`.
  const single = /^(?:lodash|lodash-es|underscore)\/(?:fp\/)?(\w+)(?:\.js)?$/.exec(bare)?.[1];
  return single === undefined ? bare : `lodash.${single}`;
}

/** The path of a member of something that has one. */
export function memberPath(base: string, key: string): string {
  if (base === 'global') return globalPath(key) ?? `global.${key}`;
  // A CommonJS module and its default import are one thing under every interop.
  if (key === 'default' && (!base.startsWith('global.') || base === 'global.process')) return base;
  const path = `${base}.${key}`;
  return SAME.get(path) ?? path;
}

/** Whether a specifier means one of the plugin's files: relative, absolute, or by one of the usual path aliases. */
export function isOwn(specifier: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|\/|[@~]\/|#)/.test(specifier);
}
