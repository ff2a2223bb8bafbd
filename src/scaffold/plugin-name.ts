import { WorkbenchError } from '../base/index.ts';

const longest = 64;

/** Names Windows keeps for devices: a folder called so can't be made there. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/u;

/**
 * Checks that a name can be the plugin's id, its folder and its package all at once: lower-case Latin letters and
 * digits, with single dashes between them.
 *
 * @throws WorkbenchError `PW-SCAFFOLD-NAME`
 */
export function checkPluginName(name: string): void {
  if (name.length <= longest && /^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(name) && !devices.test(name)) return;
  const shown = JSON.stringify(name.length > longest ? `${name.slice(0, longest)}…` : name);
  throw new WorkbenchError('PW-SCAFFOLD-NAME', `${shown} can't be the name of a plugin.`, {
    nextStep: `Choose up to ${longest} lower-case letters and digits with single dashes between them, such as my-plugin.`,
  });
}

/** What people read for a name: `hello-node` → `Hello Node`. */
export function titleOf(name: string): string {
  return name
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
