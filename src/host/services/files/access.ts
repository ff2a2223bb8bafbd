import type { Capability } from '../../../manifest/index.ts';
import { ErrorCode } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';
import { type Hold, holdByDescriptor, holdByName } from './hold.ts';
import { type FilePattern, readPattern, splitPath } from './pattern.ts';
import { DeadEnd, isStillAt, type Place, walk } from './place.ts';

/** What is done with a path. `list` needs reading, `remove` writing. */
export type FileAction = 'read' | 'write' | 'list' | 'remove';

/** Which paths a plugin may use, decided where they really are. */
export interface FileAccess {
  /**
   * Walks to a path and works there.
   *
   * @throws WireError `PermissionDenied` by `deny` when the place is not granted; `NotFound`; `LimitExceeded`
   */
  at<T>(action: FileAction, path: string, work: (place: Place) => Promise<T>): Promise<T>;
  /** Works at each folder on the way to a path that the manifest lets the plugin write, the outermost first. */
  makeFolders(path: string, work: (place: Place) => Promise<void>): Promise<void>;
  mayRead(parts: readonly string[]): boolean;
  /** The size the grant for a place states; unbounded where it states none. */
  maxBytes(action: 'read' | 'write', place: Place): number;
  /** The capability by which a path that leads where it says is allowed. Nothing on the disk is looked at. */
  grantFor(action: FileAction, path: string): Capability | undefined;
}

/** What decides. */
export interface FileAccessOptions {
  /** Real, absolute. */
  readonly pluginDir: string;
  /** Absolute; where `~/` is. */
  readonly homeDir: string;
  /** What the plugin may do now. */
  capabilities(): readonly Capability[];
  /** Milliseconds since the epoch. */
  now(): number;
  /** Names in the plugin's folder that it may never write, whatever is granted: its manifest. */
  readonly reserved: readonly string[];
  /** Hears the real path of what is about to be written, removed or made. */
  onWrite?(path: string): void;
  /** How what is found is held; the strongest way of this system when absent. */
  readonly hold?: Hold;
  /** Records a refusal and throws it. */
  deny(action: 'read' | 'write', path: string, why: string): never;
}

/** Makes the access of one plugin. */
export function createFileAccess(options: FileAccessOptions): FileAccess {
  const { pluginDir, homeDir, deny } = options;
  const hold = options.hold ?? (process.platform === 'linux' ? holdByDescriptor : holdByName);
  const own = splitPath(pluginDir);
  const patterns = new Map<string, FilePattern>();

  function patternOf(text: string): FilePattern {
    const known = patterns.get(text) ?? readPattern(text, { pluginDir, homeDir });
    patterns.set(text, known);
    return known;
  }

  function granted(action: 'read' | 'write', accepts: (pattern: FilePattern) => boolean): Capability[] {
    const now = options.now();
    return options
      .capabilities()
      .filter(
        c =>
          c.scope === 'filesystem' &&
          (c.action === action || c.action === '*') &&
          (c.restrictions.expiresAt ?? Number.POSITIVE_INFINITY) > now &&
          accepts(patternOf(c.resource)),
      );
  }

  function allowing(action: FileAction, parts: readonly string[]): Capability[] {
    if (action === 'read') return granted('read', pattern => pattern.names(parts));
    if (action === 'list') return granted('read', pattern => pattern.reaches(parts));
    // The manifest decides what a plugin may do: one that writes it could give itself anything.
    if (options.reserved.some(name => same(parts, [...own, name]))) return [];
    return granted('write', p => p.names(parts) && !(action === 'remove' && p.isRoot(parts)));
  }

  async function at<T>(action: FileAction, path: string, work: (place: Place) => Promise<T>): Promise<T> {
    const right = action === 'read' || action === 'list' ? 'read' : 'write';
    const passes = (parts: readonly string[]): boolean => granted(right, p => p.reaches(parts)).length > 0;
    // Both what the path says and where it leads have to be granted: so nothing is learnt by asking elsewhere.
    if (allowing(action, normal(absolute(path))).length === 0) return deny(right, path, 'it is not granted');
    let place: Place | undefined;
    try {
      place = await walk(absolute(path), passes, hold);
      if (allowing(action, place.parts).length === 0) {
        return deny(right, path, `it leads to /${place.parts.join('/')}`);
      }
      await checkPlace(place, right);
      if (right === 'write') options.onWrite?.(`/${place.parts.join('/')}`);
      return await work(place);
    } catch (error) {
      throw explain(error, path, () => deny(right, path, 'it leads out of what is granted'));
    } finally {
      await place?.close();
    }
  }

  /** One that has moved since, and one with a second name elsewhere, are not what the path says. */
  async function checkPlace({ parts, folder, found }: Place, right: 'read' | 'write'): Promise<void> {
    if (folder !== undefined && !(await isStillAt(folder, parts.slice(0, -1)))) throw refuse('moved');
    if (found === undefined) return;
    if (!(await isStillAt(found, parts))) throw refuse('moved');
    const isOwn = own.every((part, index) => parts[index] === part);
    if (right === 'read' && !isOwn && found.stats.isFile() && found.stats.nlink > 1)
      throw refuse('severalNames');
  }

  /** As far as it can be told without looking: from the plugin's folder, from home, or from the root. */
  function absolute(path: string): string[] {
    if (path.includes('\0')) throw refuse('badPath');
    if (path === '~' || path.startsWith('~/')) return [...splitPath(homeDir), ...path.slice(1).split('/')];
    return path.startsWith('/') ? path.split('/') : [...own, ...path.split('/')];
  }

  return {
    at,
    makeFolders: async (path, work) => {
      const names = normal(absolute(path));
      for (let length = 1; length <= names.length; length++) {
        const parts = names.slice(0, length);
        // The folders around what is granted are not the plugin's to make; the walk finds out whether they are there.
        if (length === names.length || allowing('write', parts).length > 0) {
          await at('write', `/${parts.join('/')}`, work);
        }
      }
    },
    mayRead: parts => granted('read', pattern => pattern.reaches(parts)).length > 0,
    maxBytes: (action, { parts }) =>
      Math.max(...allowing(action, parts).map(c => c.restrictions.maxBytes ?? Number.POSITIVE_INFINITY)),
    grantFor: (action, path) => allowing(action, normal(absolute(path)))[0],
  };
}

function normal(names: readonly string[]): string[] {
  const parts: string[] = [];
  for (const name of names) {
    if (name === '..') parts.pop();
    else if (name !== '' && name !== '.') parts.push(name);
  }
  return parts;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

type Refusal =
  | 'nothing'
  | 'isFolder'
  | 'notFolder'
  | 'notFile'
  | 'notEmpty'
  | 'severalNames'
  | 'moved'
  | 'tooLarge'
  | 'badPath';

const refusals: Readonly<Record<Refusal, readonly [code: number, message: string]>> = {
  nothing: [ErrorCode.NotFound, 'There is nothing at that path.'],
  isFolder: [ErrorCode.InvalidParams, 'It is a folder.'],
  notFolder: [ErrorCode.InvalidParams, 'It is not a folder.'],
  notFile: [ErrorCode.InvalidParams, 'It is a device, a pipe or a socket; only files are read and written.'],
  notEmpty: [ErrorCode.InvalidParams, 'The folder is not empty.'],
  severalNames: [
    ErrorCode.InvalidParams,
    'The file has another name as well (a hard link), which may be outside of what is granted.',
  ],
  moved: [ErrorCode.NotFound, 'It was moved while it was looked for.'],
  tooLarge: [ErrorCode.LimitExceeded, 'It is too large.'],
  badPath: [ErrorCode.InvalidParams, 'It is not a path.'],
};

/** The error for what can't be done with a file although it is granted. */
export function refuse(what: Refusal, message = refusals[what][1]): WireError {
  return new WireError(refusals[what][0], message);
}

/** A failure of the disk in words; what is neither expected nor the disk's is thrown on. */
function explain(error: unknown, path: string, deny: () => never): unknown {
  if (error instanceof DeadEnd) {
    if (error.why === 'outside') return deny();
    const message = error.why === 'loop' ? 'links lead in a circle' : 'there is nothing at that path';
    return new WireError(ErrorCode.NotFound, `${path}: ${message}.`);
  }
  if (error instanceof WireError) {
    return error.code === ErrorCode.PermissionDenied
      ? error
      : new WireError(error.code, `${path}: ${error.message}`, error.data);
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const what = code === 'ENOENT' ? ErrorCode.NotFound : ErrorCode.InvalidParams;
  return new WireError(what, `${path}: the system refused it (${code}).`);
}
