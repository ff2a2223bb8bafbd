/** Shared memory, and values with their types. */
import type { Disposable, Json, StructuredFormat, StructuredValue } from './values.d.ts';

/** A segment of shared memory. The object follows the segment when the host moves it to another file. */
export interface SharedSegment {
  readonly id: string;
  readonly name: string | null;
  /** Id of the plugin that allocated it. */
  readonly owner: string;
  /** Bytes. */
  readonly size: number;
  readonly writable: boolean;
  /** Read-only for all, for good. */
  readonly frozen: boolean;
  /** True when it was taken back, or released; every use fails then. */
  readonly revoked: boolean;
  /** The file it is now, for a library that maps it. */
  readonly path: string;
  /**
   * A copy of some bytes: of all from `offset` on when there is no `length`.
   *
   * @throws RangeError beyond the end
   */
  read(offset?: number, length?: number): Promise<Uint8Array>;
  /** @throws RangeError beyond the end; Error when it is not writable */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** The value that {@link SharedSegment.writeStructured} of any plugin wrote, in whatever format. */
  readStructured(): Promise<StructuredValue>;
  /**
   * Writes a value at the beginning. It is no lock: tell readers by a message when it is done.
   *
   * @param format when absent, `msgpack` where every plugin that has the segment knows it, else what they all know
   * @throws RangeError or Error, with nothing changed, when it does not fit
   */
  writeStructured(value: StructuredValue, format?: StructuredFormat): Promise<void>;
  /** Calls the listener after it moved, got another size, was frozen or was taken back. */
  onDidChange(listener: () => void): Disposable;
}

/** Where a value does not fit a schema, and why. */
export interface DataProblem {
  /** `$`, `$.name`, `$.list[3]`. */
  readonly path: string;
  readonly message: string;
}

/** Schemas of values, and values kept for a time. */
export interface Data {
  /** A JSON Schema of the value as an example. */
  generateSchema(value: StructuredValue): Promise<{ readonly [keyword: string]: Json }>;
  /** What of a value does not fit a schema. @throws PluginCallError when the schema is none */
  validate(
    value: StructuredValue,
    schema: { readonly [keyword: string]: Json },
  ): Promise<{ readonly valid: boolean; readonly problems: DataProblem[] }>;
  /** Values that the host keeps for this plugin in memory, over reloads too; they may go early when there is no room. */
  readonly cache: {
    /** @param ttlMs milliseconds it is kept at most */
    set(key: string, value: StructuredValue, ttlMs: number): Promise<void>;
    /** `undefined` when it is not there, or not any more. */
    get<T = StructuredValue>(key: string): Promise<T | undefined>;
  };
}

/** Memory shared with other plugins. */
export interface Memory {
  /**
   * A new segment of zeros, which only this plugin may use.
   *
   * @param size bytes
   * @throws PermissionDeniedError when the manifest does not grant writing; PluginCallError when a quota is used up
   */
  allocate(size: number, options?: { readonly name?: string }): Promise<SharedSegment>;
  /** A segment of this plugin or one that was shared with it. */
  open(id: string): Promise<SharedSegment>;
  /**
   * Says who else may use a segment; it takes the place of what was said before.
   *
   * @param plugins ids, or ids with an access of their own; none takes it back from everyone
   * @param access for those without one of their own; `read` when absent
   */
  share(
    id: string,
    plugins: readonly (string | { readonly plugin: string; readonly access: 'read' | 'write' })[],
    access?: 'read' | 'write',
  ): Promise<void>;
  /** Gives it another size; new bytes are zeros. */
  resize(id: string, size: number): Promise<SharedSegment>;
  /** Makes it read-only for all, this plugin too, for good. */
  freeze(id: string): Promise<SharedSegment>;
  /** Ends a segment of this plugin, or gives back one of another. */
  release(id: string): Promise<void>;
  /** All that this plugin may use. */
  list(): Promise<SharedSegment[]>;
}
