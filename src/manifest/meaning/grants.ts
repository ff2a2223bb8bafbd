import type { MappingInput } from '../profiles/profile.ts';
import { isAbsolute } from './paths.ts';
import type { Placed } from './values.ts';

/** Reports a file pattern that covers everything, or reaches outside the plugin's folder. */
export function checkFilePattern(
  { report }: MappingInput,
  { value, path }: Placed<string>,
  action: string,
): void {
  const pattern = value.replaceAll('\\', '/');
  const named = `${action} \`${value}\``;
  const parts = pattern.split('/').filter(part => part !== '' && part !== '.');
  const isWhole = parts.every(part => /^(?:\*+|~|[A-Za-z]:)$/u.test(part));
  const isOwnFolder = isWhole && pattern.startsWith('.');
  if (isWhole && !isOwnFolder) {
    report(
      'PW-MANIFEST-GRANT-BROAD',
      path,
      `To ${named} is to ${action} every file there is. Name the folders it needs.`,
    );
  } else if (isAbsolute(pattern) || leadsOut(parts)) {
    report('PW-MANIFEST-GRANT-OUTSIDE', path, `To ${named} reaches outside the plugin's folder.`);
  } else if (isOwnFolder && action === 'write') {
    report(
      'PW-MANIFEST-GRANT-BROAD',
      path,
      `To ${named} lets the plugin change its own code. Name the folders it needs.`,
    );
  }
}

function leadsOut(parts: readonly string[]): boolean {
  let depth = 0;
  for (const part of parts) {
    depth += part === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

/** Reports a host pattern that covers every host, or nearly. */
export function checkHostPattern({ report }: MappingInput, { value, path }: Placed<string>): void {
  if (/^\*+(?:\.\*+)*(?:\.[a-z]{2,})?$/iu.test(value)) {
    report('PW-MANIFEST-GRANT-BROAD', path, `\`${value}\` covers hosts of anybody. Name the hosts it needs.`);
  }
}

/** Reports a protocol that sends in the clear. */
export function checkProtocol({ report }: MappingInput, { value, path }: Placed<string>): void {
  if (value !== 'http' && value !== 'ws') return;
  const secure = `${value}s`;
  report('PW-MANIFEST-PROTOCOL-INSECURE', path, `\`${value}\` sends in the clear; prefer \`${secure}\`.`);
}
