/** A segment of shared memory, as one plugin may use it now. */
export interface MemoryHandle {
  readonly id: string;
  readonly name: string | null;
  /** The plugin that allocated it. */
  readonly owner: string;
  /** The file it is for this plugin; another one after the segment has moved. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly writable: boolean;
  /** Nobody may write it, for good. */
  readonly frozen: boolean;
  /** Formats of structured values that every plugin knows that has the segment now. */
  readonly formats: readonly string[];
}

/** What others may do with a segment; who may write may read. */
export type MemoryAccess = 'read' | 'write';

/** Requests about shared memory; see `docs/shared-memory.md`. */
export interface MemoryRequests {
  /** Filled with zeros. */
  readonly 'memory/allocate': readonly [
    { readonly size: number; readonly name?: string | undefined },
    MemoryHandle,
  ];
  readonly 'memory/open': readonly [{ readonly id: string }, MemoryHandle];
  /** Replaces the list of those who may use it. */
  readonly 'memory/share': readonly [
    {
      readonly id: string;
      readonly plugins: readonly (string | { readonly plugin: string; readonly access: MemoryAccess })[];
      readonly access: MemoryAccess;
    },
    null,
  ];
  readonly 'memory/resize': readonly [{ readonly id: string; readonly size: number }, MemoryHandle];
  readonly 'memory/freeze': readonly [{ readonly id: string }, MemoryHandle];
  /** Ends it when the owner asks, else gives the plugin's own access back. */
  readonly 'memory/release': readonly [{ readonly id: string }, null];
  readonly 'memory/list': readonly [Record<string, never>, readonly MemoryHandle[]];
}

/** Notifications about shared memory. */
export interface MemoryNotifications {
  /** The segment of that id has another path, size or writability from now on. */
  readonly 'memory/moved': { readonly handle: MemoryHandle };
  /** The plugin may not use the segment any more, or there is none. */
  readonly 'memory/revoked': { readonly id: string };
}
