/** A whole answer in one piece, for a connection that ends with it. */
export function plainAnswer(status: string, message: string): string {
  const body = `${message}\n`;
  return [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
