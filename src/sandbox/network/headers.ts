/** Headers that are about one connection and not about the message (RFC 9110, 7.6.1), and those a proxy writes itself. */
const ownToConnection = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'proxy-authorization',
  'proxy-authenticate',
  'proxy-authentication-info',
]);

/** Name and value by turns, as Node keeps what came over the wire. */
export type RawHeaders = readonly string[];

/** The pairs of raw headers. */
export function pairsOf(raw: RawHeaders): (readonly [name: string, value: string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return pairs;
}

/** The headers that go on to the next machine: without those about this connection, and without `host`. */
export function passOn(raw: RawHeaders): (readonly [name: string, value: string])[] {
  const pairs = pairsOf(raw);
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) =>
      value
        .toLowerCase()
        .split(',')
        .map(word => word.trim()),
    );
  return pairs.filter(([name]) => {
    const lower = name.toLowerCase();
    // What frames the message can't be dropped by naming it.
    if (lower === 'content-length') return true;
    return lower !== 'host' && !ownToConnection.has(lower) && !named.includes(lower);
  });
}

/** Why the framing of a request could be understood in two ways; `undefined` when it can't. */
export function ambiguity(raw: RawHeaders): string | undefined {
  const pairs = pairsOf(raw);
  const valuesOf = (wanted: string): string[] =>
    pairs.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const [hosts, lengths, codings] = [
    valuesOf('host'),
    valuesOf('content-length'),
    valuesOf('transfer-encoding'),
  ];
  if (hosts.length !== 1) return `It has ${hosts.length} Host headers; one is right.`;
  if (lengths.length > 1) return 'It has several Content-Length headers.';
  if (lengths.length > 0 && codings.length > 0) return 'It has a Content-Length and a Transfer-Encoding.';
  if (codings.length > 1 || (codings[0] ?? 'chunked').toLowerCase() !== 'chunked')
    return 'Its Transfer-Encoding is not just “chunked”.';
  return undefined;
}
