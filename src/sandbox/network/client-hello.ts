/** Longest start of a TLS connection that is waited for; a hello with post-quantum keys has about 2 KiB. */
export const MAX_HELLO_BYTES = 32 * 1024;

/** What the first bytes of a connection are. */
export type FirstBytes =
  | { readonly kind: 'incomplete' }
  /** Not TLS. */
  | { readonly kind: 'other' }
  /** `serverName` is `undefined` where the client names none. */
  | { readonly kind: 'hello'; readonly serverName: string | undefined }
  | { readonly kind: 'malformed' };

const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const HOST_NAME = 0;

/** Reads the name of the server out of the ClientHello that a TLS connection begins with (RFC 8446, RFC 6066). */
export function readFirstBytes(bytes: Buffer): FirstBytes {
  if (bytes.length === 0) return { kind: 'incomplete' };
  if (bytes[0] !== HANDSHAKE_RECORD) return { kind: 'other' };
  try {
    return readHello(bytes);
  } catch {
    return { kind: 'malformed' };
  }
}

function readHello(bytes: Buffer): FirstBytes {
  // A hello may be spread over several records.
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length < at + 5) break;
    if (bytes[at] !== HANDSHAKE_RECORD || bytes[at + 1] !== 3) return { kind: 'malformed' };
    const length = bytes.readUInt16BE(at + 3);
    if (length === 0 || length > 16_640) return { kind: 'malformed' };
    parts.push(bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  const message = Buffer.concat(parts);
  if (message.length < 4) return { kind: 'incomplete' };
  if (message[0] !== CLIENT_HELLO) return { kind: 'malformed' };
  const length = message.readUIntBE(1, 3);
  if (length > MAX_HELLO_BYTES) return { kind: 'malformed' };
  if (message.length < 4 + length) return { kind: 'incomplete' };
  return { kind: 'hello', serverName: readServerName(message.subarray(4, 4 + length)) };
}

function readServerName(hello: Buffer): string | undefined {
  // Version and random, then three lists, each with its length before it.
  let at = 34;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  if (at === hello.length) return undefined;
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  if (end !== hello.length) throw new Error('The extensions have another length.');
  const names: string[] = [];
  while (at < end) {
    const kind = hello.readUInt16BE(at);
    const length = hello.readUInt16BE(at + 2);
    const content = hello.subarray(at + 4, at + 4 + length);
    if (content.length !== length) throw new Error('An extension is cut off.');
    if (kind === SERVER_NAME) names.push(readHostName(content));
    at += 4 + length;
  }
  if (names.length > 1) throw new Error('There are two server names.');
  return names[0];
}

function readHostName(list: Buffer): string {
  const length = list.readUInt16BE(3);
  if (list.readUInt16BE(0) !== length + 3 || list.length !== length + 5 || list[2] !== HOST_NAME) {
    throw new Error('It is not one host name.');
  }
  return list.toString('latin1', 5);
}
