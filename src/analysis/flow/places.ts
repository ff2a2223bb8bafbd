import type { Abstract } from './abstract.ts';
import type { ArgumentView } from './events.ts';
import { concat, constant } from './make.ts';
import { anyTaint } from './values.ts';

/** What a call is, as far as places go. */
interface PlaceCall {
  readonly method: string;
  readonly receiver: Abstract | undefined;
  readonly paths: readonly string[];
  readonly args: readonly ArgumentView[];
  readonly isNew?: boolean | undefined;
}

/** The folder of the source file, and the file itself: nobody chooses them. */
const here: Abstract = { path: 'plugin.here', isHarmless: true };
const file: Abstract = { path: 'plugin.file', isHarmless: true };

const ownFile = new Set([
  'plugin.file',
  'builtins.__file__',
  'global.__filename',
  'global.import.url',
  'global.import.filename',
  'global.import.meta.url',
  'global.import.meta.filename',
]);

const dirnames = new Set([
  'path.dirname',
  'path.posix.dirname',
  'os.path.dirname',
  'path/filepath.Dir',
  'path.Dir',
]);
/** What gives a path as it is, in another spelling. */
const spellings = new Set([
  'url.fileURLToPath',
  'url.pathToFileURL',
  'path.normalize',
  'os.path.abspath',
  'os.path.realpath',
  'os.path.normpath',
  'path/filepath.Abs',
  'path/filepath.Clean',
  'fs.realpathSync',
]);
const pathTypes = /^(?:pathlib\.(?:Pure)?(?:Posix|Windows)?Path|std\.path\.Path(?:Buf)?)$/;

/**
 * Paths and addresses that calls put together or take apart, for those who want to know where they lead. Text that anybody
 * has a say in is left to whoever follows that.
 */
export function foldPlaces(call: PlaceCall): Abstract | undefined {
  const [path = ''] = call.paths;
  const [first, second] = call.args;
  if (call.args.some(({ value }) => anyTaint(value) !== undefined)) return undefined;
  if (dirnames.has(path) && first !== undefined) return parentOf(first.value);
  if (spellings.has(path) && first !== undefined && isPlace(first.value)) return withoutUrl(first.value);
  if (path === 'global.URL' && first !== undefined) return address(first.value, second?.value);
  if (pathTypes.test(path) && call.args.length > 0 && call.args.every(({ value }) => isPlace(value))) {
    return { ...joined(call.args.map(({ value }) => value)), path };
  }
  // Of a request or a command that is spelled out, the fields tell what it is about.
  if (call.isNew && path.startsWith('plugin-workbench.dev/sdk.') && first?.value.fields !== undefined) {
    return { path, fields: first.value.fields };
  }
  return ofPath(call);
}

/** `base.join(name)` and the like of objects that are paths. */
function ofPath({ method, receiver, args }: PlaceCall): Abstract | undefined {
  if (receiver?.path === undefined || !pathTypes.test(receiver.path) || !isPlace(receiver)) return undefined;
  switch (method) {
    case 'resolve':
    case 'absolute':
    case 'expanduser':
    case 'to_path_buf':
    case 'as_path':
      return receiver;
    case 'join':
    case 'joinpath':
      return { ...joined([receiver, ...args.map(({ value }) => value)]), path: receiver.path };
    default:
      return undefined;
  }
}

/** `path.parent` of an object that is a path. */
export function placeMember(object: Abstract, key: string): Abstract | undefined {
  if (key !== 'parent' || object.path === undefined || !pathTypes.test(object.path)) return undefined;
  const folder = parentOf(withoutPath(object));
  return folder === undefined ? undefined : { ...joined([folder]), path: object.path };
}

function withoutPath({ path: _, ...rest }: Abstract): Abstract {
  const [only] = rest.text ?? [];
  // A path that is a place by itself, in an object.
  return rest.text?.length === 1 && typeof only === 'object' ? only : rest;
}

function isPlace({ constants, text, path, also }: Abstract): boolean {
  return also === undefined && (constants?.length === 1 || text !== undefined || isOwn(path));
}

function isOwn(path: string | undefined): boolean {
  return path !== undefined && (ownFile.has(path) || path === 'plugin.here' || path === 'global.__dirname');
}

/** A file's address is the file. */
function withoutUrl(value: Abstract): Abstract {
  return value.path !== undefined && ownFile.has(value.path) ? file : value;
}

function parentOf(value: Abstract): Abstract | undefined {
  if (value.path !== undefined && ownFile.has(value.path)) return here;
  if (value.constants !== undefined || value.text !== undefined || isOwn(value.path)) {
    const text = value.constants?.length === 1 ? String(value.constants[0]) : undefined;
    if (text !== undefined) return constant(/^(.*)\/[^/]*\/?$/u.exec(text)?.[1] ?? '.');
    return concat([value, constant('/..')]);
  }
  return undefined;
}

/** `new URL(text)`, and `new URL(path, import.meta.url)`. */
function address(value: Abstract, base: Abstract | undefined): Abstract | undefined {
  if (!isPlace(value)) return undefined;
  if (base === undefined) return { ...joined([value]), path: 'global.URL' };
  const folder = base.path !== undefined && ownFile.has(base.path) ? here : undefined;
  if (folder !== undefined) return { ...joined([folder, value]), path: 'global.URL' };
  const origin =
    base.constants?.length === 1 ? /^[a-z]+:\/\/[^/]+/iu.exec(String(base.constants[0]))?.[0] : undefined;
  return origin === undefined ? undefined : { ...joined([constant(origin), value]), path: 'global.URL' };
}

/** Parts of a path, with `/` between them; a single one stays as it is. */
function joined(parts: readonly Abstract[]): Pick<Abstract, 'constants' | 'text'> {
  const pieces = parts.flatMap((part, index) => (index === 0 ? [part] : [constant('/'), part]));
  const { constants, text } = concat(
    pieces.map(piece => (piece.text === undefined ? piece : { text: piece.text })),
  );
  return constants === undefined ? { text: text ?? [] } : { constants };
}
