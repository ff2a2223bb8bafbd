/**
 * Canonical names of the things a program can reach: `global.eval`, `global.process.env`, `module:fs.writeFile`.
 *
 * There are many ways to write each (`window['eval']`, `node:fs`, `import fs from 'fs/promises'`); this file knows
 * which mean the same.
 */

const GLOBAL_OBJECTS = new Set(['globalThis', 'global', 'window', 'self', 'frames', 'top', 'parent']);

/** Modules that behave like another one as far as rules are concerned. */
const MODULE_ALIASES: ReadonlyMap<string, string> = new Map([
  ['fs/promises', 'fs.promises'],
  ['fs-extra', 'fs'],
  ['graceful-fs', 'fs'],
  ['path/posix', 'path'],
  ['path/win32', 'path'],
  ['util/types', 'util.types'],
]);

/** Built-in modules whose members are globals too. */
const MODULES_OF_GLOBALS: ReadonlyMap<string, string> = new Map([
  ['module:process', 'global.process'],
  ['module:timers.setTimeout', 'global.setTimeout'],
  ['module:timers.setInterval', 'global.setInterval'],
  ['module:timers.setImmediate', 'global.setImmediate'],
]);

const SAME: ReadonlyMap<string, string> = new Map([
  ['global.process.mainModule.require', 'global.require'],
  ['global.module.require', 'global.require'],
  ['global.require.main.require', 'global.require'],
  ['global.document.defaultView', 'global'],
  ['module:path.posix', 'module:path'],
  ['module:path.win32', 'module:path'],
]);

/** The canonical name of a global variable. */
export function globalName(name: string): string {
  return GLOBAL_OBJECTS.has(name) ? 'global' : `global.${name}`;
}

/** The canonical name of a module: `node:` prefix dropped, aliases followed. */
export function moduleName(specifier: string): string {
  const bare = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  const name = `module:${MODULE_ALIASES.get(bare) ?? bare}`;
  return MODULES_OF_GLOBALS.get(name) ?? name;
}

/** The canonical name of a property of something that has one. */
export function memberName(base: string, property: string): string {
  if (base === 'global') return globalName(property);
  // A CommonJS module and its default import are one thing under every interop.
  if (property === 'default' && (base.startsWith('module:') || base === 'global.process')) return base;
  const name = `${base}.${property}`;
  return SAME.get(name) ?? MODULES_OF_GLOBALS.get(name) ?? name;
}
