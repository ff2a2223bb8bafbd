/**
 * What the sandbox makes of a file pattern: one sentence or two, true to how the host binds paths.
 *
 * @param action what the manifest asks for: `read`, `write`…
 */
export function describeFilePattern(pattern: string, action: string): string {
  const folder = pattern.endsWith('/**');
  const plain = folder ? pattern.slice(0, -3) : pattern;
  const shut = (why: string): string =>
    `The sandbox does **not open** \`${pattern}\`: ${why}. ${served}${action === 'read' ? ownFolder : ''}`;
  if (action !== 'read' && action !== 'write') {
    return `Only \`read\` and \`write\` open files in the sandbox; \`${action}\` opens none.`;
  }
  if (pattern.includes('\0')) return `It grants **nothing**: no name has a NUL character.`;
  const isInexact = plain === '' || /[*?[\]{}!\\$]/.test(plain) || plain.startsWith('~');
  if (isInexact) return shut('only a whole folder (`./data/**`) or one existing file can be opened exactly');
  if (/^\/+$/.test(plain)) return shut('the whole file system can’t be opened');
  const isAbsolute = plain.startsWith('/');
  if (!isAbsolute && leadsOut(plain))
    return `\`${pattern}\` grants **nothing**: it leads out of the plugin’s folder.`;
  if (action === 'write') return describeWrite(pattern, plain, folder, isAbsolute);
  if (!isAbsolute)
    return `The plugin’s own folder is readable as a whole, so \`${pattern}\` can be read in any case.`;
  return folder
    ? `The sandbox binds \`${plain}\` read-only, with everything below it. It must exist, and not be reached through a link.`
    : `The sandbox binds \`${plain}\` read-only. It must exist, and not be reached through a link.`;
}

const served = '`context.files` serves exactly what it matches.';
const ownFolder = ' Files in the plugin’s own folder can be read all the same.';

function describeWrite(pattern: string, plain: string, folder: boolean, isAbsolute: boolean): string {
  const isOwnFolder = !isAbsolute && plain.split('/').every(part => part === '' || part === '.');
  if (isOwnFolder) {
    return `The sandbox does **not open** \`${pattern}\`: the plugin’s own code must not be writable. ${served}`;
  }
  if (!folder)
    return `The sandbox binds \`${plain}\` read-write, if that file exists when the plugin is started; \`context.files\` can make it.`;
  const made = isAbsolute ? 'It must exist.' : 'It is made when it is missing.';
  return `The sandbox binds \`${plain}\` read-write, with everything below it; that it is readable follows. ${made}`;
}

function leadsOut(path: string): boolean {
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    depth += part === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}
