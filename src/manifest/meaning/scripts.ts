import type { MappingInput } from '../profiles/profile.ts';
import type { Placed } from './values.ts';

/** Scripts that package managers and installers run without being asked. */
export const installScripts = ['preinstall', 'install', 'postinstall', 'prepare'] as const;

/** What makes a script dangerous to run on somebody's machine. */
const dangers: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: /\b(?:curl|wget|iwr|invoke-webrequest)\b[^|;&]*\|\s*(?:sudo\s+)?(?:\w*sh|python\d?|node)\b/iu,
    what: 'runs what it downloads',
  },
  { pattern: /\bsudo\b/u, what: 'asks for the rights of the administrator' },
  { pattern: /\brm\s+-\w*r\w*\s+(?:\/|~|\$HOME|\.\.)/u, what: 'deletes files outside the plugin' },
  {
    pattern: /\bnpm\s+(?:i|install)\s+(?:\S+\s+)*(?:-g|--global)\b/u,
    what: 'installs for every project of the user',
  },
  { pattern: /\b(?:eval|base64\s+(?:-d|--decode))\b/u, what: 'hides what it runs' },
];

/** Searching costs the square of the length; no script is longer. */
const longestScript = 4096;

/** Reports a script that runs while the plugin is installed: before anyone has agreed to its permissions. */
export function checkInstallScript(
  { report }: MappingInput,
  name: string,
  { value, path }: Placed<string>,
): void {
  const danger = dangers.find(({ pattern }) => pattern.test(value.slice(0, longestScript)));
  const message = `\`${name}\` runs when the plugin is installed, outside any sandbox`;
  if (danger === undefined) report('PW-MANIFEST-SCRIPT-INSTALL', path, `${message}.`);
  else
    report('PW-MANIFEST-SCRIPT-INSTALL', path, `${message}, and it ${danger.what}.`, { severity: 'warning' });
}
