import type { Plugin, PluginContext, PluginInfo } from '../../sdk/node/package/index.d.ts';

/** Makes the plugin of a module; @throws whatever the constructor of a plugin class throws. */
export type PluginFactory = (context: PluginContext, info: PluginInfo) => Plugin;

type PluginClass = new (context: PluginContext, info: PluginInfo) => Plugin;

/**
 * Finds the plugin in what a module exports: `activate` by name or in the default export, or a class as default
 * export. A default may be wrapped once more, which is what compilers make of one in CommonJS.
 *
 * @returns what is wrong, as a sentence, when there is none
 */
export function readPluginModule(module: object): PluginFactory | string {
  let candidate: unknown = module;
  for (let wrapped = 0; wrapped < 3; wrapped++) {
    const found = readCandidate(candidate);
    if (found) return found;
    candidate = (candidate as { default?: unknown } | null | undefined)?.default;
    if (candidate === undefined || candidate === null) break;
  }
  const names = Object.keys(module).filter(name => name !== 'module.exports');
  const what = names.length === 0 ? 'nothing' : names.slice(0, 10).join(', ');
  return (
    `The module exports no plugin (it exports ${what}). Export a function named activate, ` +
    'or as default an object or a class with a method activate.'
  );
}

function readCandidate(candidate: unknown): PluginFactory | undefined {
  if (typeof candidate === 'function') {
    return isClass(candidate)
      ? (context, info) => construct(candidate as PluginClass, context, info)
      : undefined;
  }
  return hasActivate(candidate) ? () => candidate : undefined;
}

function construct(plugin: PluginClass, context: PluginContext, info: PluginInfo): Plugin {
  const instance = new plugin(context, info);
  if (!hasActivate(instance)) throw new TypeError(`The plugin class ${plugin.name} has no method activate.`);
  return instance;
}

/** Classes, also compiled ones, whose methods stand on the prototype of a function. */
function isClass(value: object): boolean {
  const { prototype } = value as { prototype?: unknown };
  return hasActivate(prototype) || /^class\b/.test(Function.prototype.toString.call(value));
}

function hasActivate(value: unknown): value is Plugin {
  return typeof (value as Partial<Plugin> | null | undefined)?.activate === 'function';
}
