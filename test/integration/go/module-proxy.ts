import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

/** A server of Go modules (go.dev/ref/mod#goproxy-protocol) with one module. */
export interface ModuleProxy {
  /** For GOPROXY. */
  readonly url: string;
  /** What a plugin's go.sum says of the module. */
  readonly sums: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  dispose(): Promise<void>;
}

/** Serves a module of one version. */
export async function serveModule(
  name: string,
  version: string,
  files: Readonly<Record<string, string>>,
): Promise<ModuleProxy> {
  const asked: string[] = [];
  const base = `/${name}/@v/${version}`;
  const placed = Object.entries(files).map(([file, text]) => [`${name}@${version}/${file}`, text] as const);
  const answers: Readonly<Record<string, Buffer | string>> = {
    [`${base}.info`]: JSON.stringify({ Version: version }),
    [`${base}.mod`]: files['go.mod'] ?? '',
    [`${base}.zip`]: zip(placed),
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(answer);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sums: `${name} ${version} ${hash(placed)}\n${name} ${version}/go.mod ${hash([['go.mod', files['go.mod'] ?? '']])}\n`,
    asked,
    dispose: () => new Promise(resolve => server.close(() => resolve())),
  };
}

/** The `h1:` hash of go.sum (golang.org/x/mod/sumdb/dirhash). */
function hash(files: readonly (readonly [string, string])[]): string {
  const lines = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`);
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
}

/** A zip archive of files that are stored as they are. */
function zip(files: readonly (readonly [string, string])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, entries, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
