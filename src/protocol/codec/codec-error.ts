/**
 * Why a value could not be written or read: `unsupported`, it is none of the value model; `malformed`, the bytes are
 * no value of the format; `depth` and `size`, a bound was exceeded.
 */
export type CodecFault = 'unsupported' | 'malformed' | 'depth' | 'size';

/** Thrown for what comes from outside and can't be converted; never for a bug. */
export class CodecError extends Error {
  readonly fault: CodecFault;
  /** Where in the value: `$`, `$.name`, `$.list[3]`; `undefined` where only bytes are known. */
  readonly path: string | undefined;

  constructor(fault: CodecFault, message: string, path?: string) {
    super(path === undefined || path === '$' ? message : `${path}: ${message}`);
    this.name = 'CodecError';
    this.fault = fault;
    this.path = path;
  }
}
