import type { CallEvent } from '../flow/index.ts';
import type { SdkEffect } from './effect.ts';
import type { NeedConfidence } from './need.ts';

/**
 * How the context of a plugin is called where its type is known, in each SDK; `plugin.context` is what `activate` is
 * handed where it is not.
 */
export const contextPaths = [
  'plugin.context',
  'plugin-workbench.Context',
  'plugin-workbench.PluginContext',
  'plugin_workbench.Context',
  'plugin-workbench.dev/sdk.Context',
] as const;

/** What people call it. */
const contextNames = new Set(['context', 'ctx', 'plugin', 'sdk', 'workbench', 'pluginctx', 'plugincontext']);

/** What to look at: any call of a method's name, since nobody has to say what type a context has. */
export function sdkPatterns({ methods }: Pick<SdkEffect, 'methods'>): readonly string[] {
  return methods.map(method => `**.${method}`);
}

/** How sure it is that a call is one of the SDK's service; `undefined` when it is not. */
export function isSdkCall(
  { service, methods }: Pick<SdkEffect, 'service' | 'methods'>,
  call: CallEvent,
): NeedConfidence | undefined {
  if (!methods.includes(call.method)) return undefined;
  for (const path of call.paths) {
    const context = contextPaths.find(known => path.startsWith(`${known}.`));
    if (context === undefined) continue;
    const [name = ''] = path.slice(context.length + 1).split(/\.|\(\)/u);
    return service.includes(name.toLowerCase()) ? 'high' : undefined;
  }
  // A path that says what it is, and is no context, is something else with a method of that name.
  if (call.paths.some(path => !path.startsWith('?'))) return undefined;
  const parts = call.receiverText.replaceAll(/\(\)|\?/gu, '').split('.');
  const last = parts.at(-1) ?? '';
  const owner = parts.at(-2);
  if (!service.includes(last)) return undefined;
  // Somebody may have handed on a part of the context: `storage.get(…)`.
  if (owner === undefined) return 'low';
  return contextNames.has(owner.replace(/^[_#]+/u, '')) ? 'medium' : undefined;
}
