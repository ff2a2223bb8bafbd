import type { Wording } from './grants.ts';

/** What can happen when something is granted, as the end of a sentence; whoever adds a grant reads it. */
export function riskOf({ scope, action, resource }: Wording): string {
  const isAll = resource.includes('*') ? ' Whatever fits the pattern counts.' : '';
  switch (scope) {
    case 'filesystem':
      return action === 'write'
        ? `the plugin can change and delete what is there.${isAll}`
        : `the plugin can read what is there.${isAll}`;
    case 'network':
      return `the plugin can send there whatever it knows.${isAll}`;
    case 'process':
      return 'the plugin can start this program, with any arguments.';
    case 'environment':
      return 'the plugin can read this variable, which may be a secret.';
    case 'system':
      return action === 'clipboard'
        ? 'the plugin can use the clipboard, which may hold passwords.'
        : 'the plugin can show messages in the editor.';
    case 'ai':
      return 'the plugin can send text to this model, at your cost.';
    case 'memory':
      return 'the plugin shares data with other plugins.';
    case 'storage':
      return 'the plugin can keep data of its own.';
    case 'ui':
      return 'the plugin can change what the host shows.';
    default:
      return 'other plugins can tell.';
  }
}
