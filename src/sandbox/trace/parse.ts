/** A system call that the kernel refused. */
export interface RefusedCall {
  readonly kind: 'read' | 'write' | 'connect';
  /** The path as the process gave it, or `address:port`. */
  readonly resource: string;
}

/** Errors that mean that something is not there for this process, or not open to it. */
const refusals = new Set([
  ...['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'EXDEV'],
  ...['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EAFNOSUPPORT'],
]);

const writing = /O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)/;
const changing =
  /^(unlink|unlinkat|rename|renameat|renameat2|mkdir|mkdirat|rmdir|link|linkat|symlink|symlinkat|truncate|chmod|fchmodat|chown|fchownat|creat)$/;

/**
 * Reads one line of strace's output; `undefined` when it tells of nothing that was refused.
 *
 * @param line such as `[pid 7] openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = -1 ENOENT (No such file or directory)`
 */
export function parseRefusal(line: string): RefusedCall | undefined {
  const match = /^(?:\[pid +\d+\] )?(?:\d+ +)?(\w+)\((.*)\) += -1 (E[A-Z]+)/.exec(line);
  const [, call = '', args = '', error = ''] = match ?? [];
  if (match === null || !refusals.has(error)) return undefined;
  if (call === 'connect' || call === 'sendto') {
    const resource = addressIn(args);
    return resource === undefined ? undefined : { kind: 'connect', resource };
  }
  // The last path of a call is what is made; the first what is taken.
  const paths = [...args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(found => decode(found[1] ?? ''));
  const resource = paths[0];
  if (resource === undefined || resource === '') return undefined;
  return { kind: changing.test(call) || writing.test(args) ? 'write' : 'read', resource };
}

function addressIn(args: string): string | undefined {
  const port = /sin6?_port=htons\((\d+)\)/.exec(args)?.[1];
  const host = /inet_addr\("([^"]+)"\)/.exec(args)?.[1] ?? /inet_pton\(AF_INET6, "([^"]+)"/.exec(args)?.[1];
  if (host === undefined || port === undefined) return undefined;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

const named: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, '"': 34, '\\': 92 };

/** Strings of strace are those of C: other bytes than ASCII are octal. */
function decode(text: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\') {
      bytes.push(text.charCodeAt(at));
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1))?.[0];
    if (octal === undefined) {
      bytes.push(named[text[at + 1] ?? ''] ?? text.charCodeAt(at + 1));
      at++;
    } else {
      bytes.push(Number.parseInt(octal, 8));
      at += octal.length;
    }
  }
  return Buffer.from(bytes).toString('utf8');
}
