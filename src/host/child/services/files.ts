import type { Files, LegacyFiles } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';

/** Bytes that are asked for at once; the host sends at most twice as many. */
const PART = 1024 * 1024;

/** Files beyond the sandbox, served by the host. */
export function createFiles(link: HostLink): Files {
  /** In parts, so that a file of any size can be read. */
  async function read(
    path: string,
    { offset = 0, length = Number.POSITIVE_INFINITY } = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Buffer[] = [];
    let got = 0;
    while (got < length) {
      const wanted = Math.min(PART, length - got);
      const { data } = await link.call('files/read', {
        path,
        encoding: 'base64',
        offset: offset + got,
        length: wanted,
      });
      const part = Buffer.from(data, 'base64');
      parts.push(part);
      got += part.length;
      if (part.length < wanted) break;
    }
    return new Uint8Array(Buffer.concat(parts));
  }

  async function write(path: string, content: string | Uint8Array, append: boolean): Promise<void> {
    const isText = typeof content === 'string';
    await link.call('files/write', {
      path,
      data: isText ? content : Buffer.from(content).toString('base64'),
      encoding: isText ? 'utf8' : 'base64',
      append,
    });
  }

  return {
    read,
    readText: async path => new TextDecoder('utf-8', { fatal: true }).decode(await read(path)),
    write: (path, content) => write(path, content, false),
    append: (path, content) => write(path, content, true),
    list: async path => [...(await link.call('files/list', { path }))],
    stat: async path => (await link.call('files/stat', { path })) ?? undefined,
    exists: async path => (await link.call('files/stat', { path })) !== null,
    remove: async path => void (await link.call('files/remove', { path })),
    makeFolder: async path => void (await link.call('files/makeFolder', { path })),
  };
}

/** The same files by the names of AI Hub's SDK. */
export function createLegacyFiles(files: Files): LegacyFiles {
  return {
    readFile: files.readText,
    writeFile: (path, data) =>
      files.write(path, typeof data === 'string' || data instanceof Uint8Array ? data : JSON.stringify(data)),
    exists: files.exists,
    readdir: async path => (await files.list(path)).map(({ name }) => name),
  };
}
