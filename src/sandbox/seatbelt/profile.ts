import type { SandboxPolicy } from '../port.ts';

/**
 * The profile of macOS's sandbox (SBPL) for a policy: deny by default, then what the policy grants. Pure, so that it
 * is the same on every machine that looks at it.
 *
 * @param scratch absolute folder for temporary files
 */
export function seatbeltProfile(policy: SandboxPolicy, scratch: string): string {
  const readable = [policy.pluginDir, ...policy.runtimePaths, ...policy.readOnly];
  const writable = [...policy.readWrite, scratch];
  return `${[
    '(version 1)',
    '(deny default)',
    '; Its own process, and no other.',
    '(allow process-fork)',
    `(allow process-exec ${[...policy.runtimePaths, policy.pluginDir].map(filter).join(' ')})`,
    '(allow signal (target same-sandbox))',
    '(allow process-info* (target same-sandbox))',
    '(deny process-info* (target others))',
    '; What the loader and the runtimes of the system ask for.',
    '(allow sysctl-read)',
    '(allow file-read-metadata (literal "/") (literal "/var") (literal "/tmp") (literal "/private"))',
    '(allow file-read* (subpath "/usr/lib") (subpath "/System/Library") (subpath "/usr/share/zoneinfo"))',
    '(allow file-read* (literal "/dev/null") (literal "/dev/zero") (literal "/dev/random") (literal "/dev/urandom"))',
    '(allow file-write-data (literal "/dev/null") (literal "/dev/zero"))',
    '(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo"))',
    '; What the plugin was granted.',
    `(allow file-read* ${readable.map(filter).join(' ')})`,
    `(allow file-read* file-write* ${writable.map(filter).join(' ')})`,
    ...ancestors([...readable, ...writable]),
    '; Nothing that leads out: no network, no other program, no clipboard, no devices.',
    '(deny network*)',
    '(deny iokit-open)',
    '(deny mach-register)',
    '(deny file-write* (subpath "/dev"))',
    // The last rule that fits wins, so what a plugin runs on comes after what it may write.
    `(deny file-write* ${[policy.pluginDir, ...policy.runtimePaths].map(filter).join(' ')})`,
    ...grantsWithin(policy).map(path => `(allow file-write* ${filter(path)})`),
    '(allow file-write-data (literal "/dev/null") (literal "/dev/zero"))',
  ].join('\n')}\n`;
}

/** Folders above a readable path can be walked through, not looked into. */
function ancestors(paths: readonly string[]): string[] {
  const above = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      above.add(path.slice(0, at));
  }
  if (above.size === 0) return [];
  return [
    `(allow file-read-metadata ${[...above]
      .sort()
      .map(path => `(literal ${quote(path)})`)
      .join(' ')})`,
  ];
}

/** Writable folders inside the plugin's own folder, which as a whole is read-only. */
function grantsWithin({ pluginDir, readWrite }: SandboxPolicy): readonly string[] {
  return readWrite.filter(path => path.startsWith(`${pluginDir}/`));
}

function filter(path: string): string {
  return `(subpath ${quote(path)})`;
}

/** A string of SBPL, a kind of Scheme. A path with a control character would be read as something else. */
function quote(path: string): string {
  const bad = [...path].some(character => character < ' ' || character === '\u007f');
  if (bad || !path.startsWith('/'))
    throw new Error(`Not a path for a sandbox profile: ${JSON.stringify(path)}`);
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
