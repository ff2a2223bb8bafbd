import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** The folders of one arena: what the intruder is granted, what it is not, and the secret that must not get out. */
export interface Place {
  readonly root: string;
  /** Granted for reading; holds `given.txt`. */
  readonly readable: string;
  /** Granted for writing. */
  readonly writable: string;
  /** Not granted, though everyone on the machine may read and write it; holds `secret.txt`. */
  readonly outside: string;
  readonly plugins: string;
  readonly data: string;
}

/** Makes the folders in `root`, so open that only the sandbox stands between them and any user. */
export function makePlace(root: string, secret: string): Place {
  const folder = (name: string, mode: number): string => {
    const at = path.join(root, name);
    mkdirSync(at, { recursive: true });
    chmodSync(at, mode);
    return at;
  };
  chmodSync(root, 0o755);
  const place = {
    root,
    readable: folder('readable', 0o777),
    writable: folder('writable', 0o777),
    outside: folder('outside', 0o777),
    plugins: folder('plugins', 0o755),
    data: folder('data', 0o755),
  };
  const file = (at: string, text: string): void => {
    writeFileSync(at, text);
    chmodSync(at, 0o666);
  };
  file(path.join(place.readable, 'given.txt'), 'given');
  file(path.join(place.outside, 'secret.txt'), secret);
  file(path.join(place.outside, 'program'), `#!/bin/sh\necho ${secret}\n`);
  chmodSync(path.join(place.outside, 'program'), 0o777);
  return place;
}

/** Everything in a folder, as far as it can be seen: a line for each entry with its kind, mode and content. */
export function photograph(folder: string, skip: (file: string) => boolean = () => false): string[] {
  const entries: string[] = [];
  const walk = (at: string): void => {
    for (const name of readdirSync(at).sort()) {
      const file = path.join(at, name);
      if (skip(file)) continue;
      const stats = lstatSync(file);
      const mode = stats.mode.toString(8);
      if (stats.isSymbolicLink()) entries.push(`${file} ${mode} → ${readlinkSync(file)}`);
      else if (stats.isFile())
        entries.push(`${file} ${mode} ×${stats.nlink} ${readFileSync(file, 'latin1')}`);
      else entries.push(`${file} ${mode}`);
      if (stats.isDirectory()) walk(file);
    }
  };
  walk(folder);
  return entries;
}
