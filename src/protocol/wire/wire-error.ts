/**
 * An error of JSON-RPC: `request` rejects with one, and a handler throws one to answer with its code and data. The
 * codes stand in `ErrorCode` of `protocol/plugin`.
 */
export class WireError extends Error {
  readonly code: number;
  /** Whatever JSON explains the error; `undefined` when nothing does. */
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = 'WireError';
    this.code = code;
    this.data = data;
  }
}
