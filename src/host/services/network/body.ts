import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ErrorCode } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';
import type { HeaderPair } from './request-headers.ts';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Most codings within one another that are undone. */
const MOST_CODINGS = 3;

/**
 * Reads a body to its end, unpacked, with the headers that fit what came out.
 *
 * @param maxBytes counted before and after unpacking, so that a little can't become a lot
 * @throws WireError `LimitExceeded`; whatever breaks the connection
 */
export async function readBody(
  response: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ readonly bytes: Buffer; readonly headers: HeaderPair[] }> {
  const codings = (response.headers['content-encoding'] ?? '')
    .split(',')
    .map(coding => coding.trim().toLowerCase())
    .filter(coding => coding !== '' && coding !== 'identity');
  const isKnown = codings.length <= MOST_CODINGS && codings.every(coding => Object.hasOwn(decoders, coding));
  const packed = await collect(response, maxBytes, signal);
  const pairs = headersOf(response);
  if (codings.length === 0 || !isKnown || packed.length === 0) return { bytes: packed, headers: pairs };
  let bytes = packed;
  for (const coding of codings.reverse()) {
    const decoder = decoders[coding]?.();
    if (decoder === undefined) continue;
    decoder.end(bytes);
    bytes = await collect(decoder, maxBytes, signal);
  }
  const stale = ['content-encoding', 'content-length'];
  return { bytes, headers: pairs.filter(([name]) => !stale.includes(name.toLowerCase())) };
}

async function collect(stream: Readable, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    size += chunk.length;
    if (size > maxBytes) {
      throw new WireError(ErrorCode.LimitExceeded, `The answer has more than ${maxBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf({ rawHeaders }: IncomingMessage): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  }
  return pairs;
}
