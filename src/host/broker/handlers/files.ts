import { ErrorCode } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';
import { type FileAccess, type FileAction, type Files, MAX_FILE_BYTES } from '../../services/files/index.ts';
import type { HandlersOf, Verdict } from '../handler.ts';
import type { Rates } from '../rates.ts';

/** What the requests about files work on. */
export interface FilePorts {
  readonly files: Files;
  readonly fileAccess: FileAccess;
  readonly rates: Rates;
}

type Methods =
  | 'files/read'
  | 'files/write'
  | 'files/list'
  | 'files/stat'
  | 'files/remove'
  | 'files/makeFolder';

/** Answers the requests about files. */
export function fileHandlers({ files, fileAccess, rates }: FilePorts): HandlersOf<Methods> {
  /** By what the path says; where it leads is decided when it is walked. */
  const check =
    (action: FileAction) =>
    ({ path }: { readonly path: string }): Verdict => {
      const right = action === 'read' || action === 'list' ? 'read' : 'write';
      const granted = fileAccess.grantFor(action, path) !== undefined;
      return { need: { scope: 'filesystem', action: right, resource: path }, granted };
    };
  const count = (action: FileAction, path: string): void => rates.use(fileAccess.grantFor(action, path));
  return {
    'files/read': {
      check: check('read'),
      run: async ({ path, encoding, offset = 0, length }) => {
        count('read', path);
        const { bytes, size } = await files.read(path, { offset, length });
        return { data: encode(bytes, encoding, path), size };
      },
    },
    'files/write': {
      check: check('write'),
      run: async ({ path, data, encoding, append = false }) => {
        count('write', path);
        await files.write(path, decode(data, encoding), append);
        return null;
      },
    },
    'files/list': {
      check: check('list'),
      run: async ({ path }) => {
        count('list', path);
        return files.list(path);
      },
    },
    'files/stat': {
      check: check('read'),
      run: async ({ path }) => {
        count('read', path);
        const facts = await files.stat(path);
        return facts && { ...facts };
      },
    },
    'files/remove': {
      check: check('remove'),
      run: async ({ path }) => {
        count('remove', path);
        await files.remove(path);
        return null;
      },
    },
    'files/makeFolder': {
      check: check('write'),
      run: async ({ path }) => {
        count('write', path);
        await files.makeFolder(path);
        return null;
      },
    },
  };
}

function encode(bytes: Buffer, encoding: 'utf8' | 'base64', path: string): string {
  if (encoding === 'base64') return bytes.toString('base64');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new WireError(ErrorCode.InvalidParams, `${path}: it is no UTF-8 text; read it as bytes.`);
  }
}

function decode(data: string, encoding: 'utf8' | 'base64'): Buffer {
  const bytes = Buffer.from(data, encoding);
  if (bytes.length <= MAX_FILE_BYTES) return bytes;
  throw new WireError(ErrorCode.LimitExceeded, `One request writes at most ${MAX_FILE_BYTES} bytes.`);
}
