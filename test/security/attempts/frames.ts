import type { Json } from '../../../src/protocol/plugin/index.ts';

/** Bytes as the commands of an intruder take them. */
export const hex = (text: string | Buffer): string => Buffer.from(text).toString('hex');

/** The content behind a header that says its length, or another one. */
export const framed = (content: string, length: number | string = Buffer.byteLength(content)): string =>
  hex(`Content-Length: ${length}\r\n\r\n${content}`);

/** A request to the host as an SDK would send it. */
export const request = (method: string, params: Json, id: Json = 'intruder-1'): string =>
  framed(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
