/** What a file is to whoever lists a folder; `other` for devices, pipes, sockets and links. */
export type FileKind = 'file' | 'folder' | 'other';

/** What is known of a file without reading it. */
export interface FileFacts {
  readonly type: FileKind;
  /** Bytes; 0 for a folder. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

/** How the content of a file travels in a message. */
export type FileEncoding = 'utf8' | 'base64';

/** Requests about files. Paths are absolute, relative to the plugin's folder, or begin with `~/`. */
export interface FileRequests {
  /** At most 2 MiB a request; `offset` and `length` in bytes. `size` is that of the whole file. */
  readonly 'files/read': readonly [
    {
      readonly path: string;
      readonly encoding: FileEncoding;
      readonly offset?: number | undefined;
      readonly length?: number | undefined;
    },
    { readonly data: string; readonly size: number },
  ];
  /** Replaces the file as a whole or not at all, unless it appends. */
  readonly 'files/write': readonly [
    {
      readonly path: string;
      readonly data: string;
      readonly encoding: FileEncoding;
      readonly append?: boolean | undefined;
    },
    null,
  ];
  /** Only what the manifest lets the plugin read is listed. */
  readonly 'files/list': readonly [
    { readonly path: string },
    readonly { readonly name: string; readonly type: FileKind }[],
  ];
  /** `null` where there is nothing. */
  readonly 'files/stat': readonly [{ readonly path: string }, FileFacts | null];
  /** A file, or an empty folder. */
  readonly 'files/remove': readonly [{ readonly path: string }, null];
  /** With the folders around it, as far as they are granted. */
  readonly 'files/makeFolder': readonly [{ readonly path: string }, null];
}

/** A request to another machine. */
export interface FetchParams {
  readonly url: string;
  readonly method?: string | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Base64; at most 2 MiB decoded. */
  readonly body?: string | undefined;
  readonly redirect?: 'follow' | 'manual' | 'error' | undefined;
  /** Milliseconds; 30 000 when absent. */
  readonly timeout?: number | undefined;
}

/** The answer of another machine, with its whole body: at most 2 MiB. */
export interface FetchResult {
  readonly status: number;
  readonly statusText: string;
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Base64. */
  readonly body: string;
}

/** A program to run, in a sandbox of its own. */
export interface RunParams {
  /** As the manifest names it. */
  readonly command: string;
  readonly args?: readonly string[] | undefined;
  /** Within the plugin's folder, which it is when absent. */
  readonly cwd?: string | undefined;
  /** What it reads from standard input, in UTF-8. */
  readonly input?: string | undefined;
  /** Milliseconds; 30 000 when absent. It is killed then. */
  readonly timeout?: number | undefined;
}

/** How a program ended and what it wrote: at most 1 MiB each way. */
export interface RunResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A message for the people who use the host. */
export interface NotificationParams {
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
  /** What they can choose. */
  readonly actions?: readonly string[] | undefined;
}

/** Requests about what lies outside the workbench: files, other machines, programs, the desktop. */
export interface ResourceRequests extends FileRequests {
  readonly 'net/fetch': readonly [FetchParams, FetchResult];
  readonly 'process/run': readonly [RunParams, RunResult];
  readonly 'clipboard/read': readonly [Record<string, never>, string];
  readonly 'clipboard/write': readonly [{ readonly text: string }, null];
  /** The chosen action; `null` when none was. */
  readonly 'notifications/show': readonly [NotificationParams, string | null];
}
