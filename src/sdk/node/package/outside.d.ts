/** What lies beyond the host: files, other machines, programs, the desktop. */

/** One thing in a folder; `other` is a device, a pipe, a socket or a link. */
export interface FolderEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'other';
}

/** What is known of a file without reading it. */
export interface FileFacts {
  readonly type: 'file' | 'folder' | 'other';
  /** Bytes; 0 for a folder. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

/**
 * Files that the manifest grants. Paths are relative to the plugin's folder, absolute, or begin with `~/`; what they
 * lead to, through links too, has to be granted. The host does the work, so patterns such as `./logs/*.txt` hold,
 * which `node:fs` can't reach from inside the sandbox.
 *
 * Every call throws `PermissionDeniedError` for what is not granted, and `PluginCallError` for what fails.
 */
export interface Files {
  /** The bytes of a file, or of a part of it; less where it ends before. */
  read(
    path: string,
    range?: { readonly offset?: number; readonly length?: number },
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** The text of a file in UTF-8. */
  readText(path: string): Promise<string>;
  /** Writes a whole file of at most 2 MiB: whoever reads it meanwhile sees the old one or the new one. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Adds to the end of a file, which is made when it is missing. */
  append(path: string, content: string | Uint8Array): Promise<void>;
  /** What is in a folder, as far as the manifest lets the plugin read it. */
  list(path: string): Promise<FolderEntry[]>;
  /** `undefined` where there is nothing. */
  stat(path: string): Promise<FileFacts | undefined>;
  exists(path: string): Promise<boolean>;
  /** Removes a file or an empty folder. */
  remove(path: string): Promise<void>;
  /** Makes a folder, with those around it; nothing happens when it is there. */
  makeFolder(path: string): Promise<void>;
}

/** {@link Files} by the names of AI Hub's SDK. */
export interface LegacyFiles {
  readFile(path: string): Promise<string>;
  /** What is neither text nor bytes is written as JSON. */
  writeFile(path: string, data: unknown): Promise<void>;
  exists(path: string): Promise<boolean>;
  readdir(path: string): Promise<string[]>;
}

/** What a fetch takes besides the address: that of browsers, and how long it may last. */
export interface FetchOptions extends RequestInit {
  /** Milliseconds; 30 000 when absent. */
  readonly timeout?: number;
}

/** Hosts that the manifest grants. */
export interface Network {
  /**
   * Sends a request through the host and resolves to the answer with its whole body; both bodies have at most 2 MiB.
   * It works with every version of Node.js; the global `fetch` uses the plugin's proxy from Node.js 24 on.
   *
   * @throws PermissionDeniedError for a host, port, protocol or method that is not granted, also after a redirect
   * @throws PluginCallError when there is no answer
   */
  fetch(input: string | URL | Request, options?: FetchOptions): Promise<Response>;
}

/** {@link Network} by the names of AI Hub's SDK. */
export interface Http {
  get(url: string | URL, options?: FetchOptions): Promise<Response>;
  /** What is neither text nor bytes is sent as JSON. */
  post(url: string | URL, data: unknown, options?: FetchOptions): Promise<Response>;
}

/** How a program ended, and what it wrote: at most 1 MiB each. */
export interface ProgramResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs that the manifest grants, each run in a sandbox of its own: the plugin's files, no network. */
export interface Programs {
  /**
   * Runs a program to its end; that it fails is told by its code and no error.
   *
   * @throws PermissionDeniedError when the manifest does not grant it
   * @throws PluginCallError when it can't be run, is too slow or writes too much
   */
  run(
    command: string,
    args?: readonly string[],
    options?: {
      /** Within the plugin's folder, which it is when absent. */
      readonly cwd?: string;
      readonly input?: string;
      /** Milliseconds; 30 000 when absent. */
      readonly timeout?: number;
      readonly signal?: AbortSignal;
    },
  ): Promise<ProgramResult>;
}

/** The clipboard of whoever uses the host. Throws `PluginCallError` where there is none. */
export interface Clipboard {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

/** Messages to whoever uses the host. */
export interface Notifications {
  /**
   * Shows a message. Resolves when it is gone: to the action that was chosen, `undefined` for none.
   *
   * @throws PermissionDeniedError; PluginCallError where nobody can be told
   */
  show(
    message: string,
    options?: {
      readonly level?: 'info' | 'warning' | 'error';
      /** At most four. */
      readonly actions?: readonly string[];
      readonly signal?: AbortSignal;
    },
  ): Promise<string | undefined>;
}

/** The host's window, by the names of AI Hub's SDK. */
export interface Window {
  showNotification(message: string, type?: string): Promise<void>;
}
