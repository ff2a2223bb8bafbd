import type { SyntaxNode } from '../syntax/node.ts';
import type { Abstract } from './abstract.ts';
import type { Machine, ModuleState } from './machine.ts';
import { unknown } from './make.ts';

/** What an own module gives under a name; the module itself when there is none. */
export function exported(module: ModuleState, name: string | undefined): Abstract {
  if (name !== undefined) {
    const value = module.exports.get(name);
    if (value !== undefined) return value;
    // A CommonJS module taken in by its default.
    return name === 'default' ? { fields: module.exports } : unknown;
  }
  const whole = module.exports.get('default');
  return whole?.callable !== undefined || whole?.class !== undefined
    ? { ...whole, fields: module.exports }
    : { fields: module.exports };
}

/** What a specifier means: an own file's exports, or a module outside. */
export function moduleValue(specifier: string, node: SyntaxNode, machine: Machine): Abstract {
  const own = machine.own(specifier);
  if (own !== undefined) return exported(own, undefined);
  const path = machine.frame.module.language.lowering.modulePath(specifier);
  return path === undefined ? unknown : machine.outside(path, node);
}

/** Functions that load the module their first argument names. */
const LOADERS = new Set([
  'global.require',
  'global.import',
  'global.process.getBuiltinModule',
  'global.module.require',
  'builtins.__import__',
  'importlib.import_module',
]);

/** The module a call loads, when its name is constant; `undefined` for other calls. */
export function loadedModule(
  paths: readonly string[],
  specifier: string | undefined,
  node: SyntaxNode,
  machine: Machine,
): Abstract | undefined {
  if (specifier === undefined || !paths.some(path => LOADERS.has(path))) return undefined;
  return moduleValue(specifier, node, machine);
}
