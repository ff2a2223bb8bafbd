import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the pieces lie that are shipped beside the command line program. */
export interface PackagePaths {
  /** The program itself, which is also the script of its worker threads. */
  readonly program: string;
  /** The bootstrap that runs beside a Node plugin in its sandbox. */
  readonly childScript: string;
  /** A folder for each language, with what plugins in it import. */
  readonly sdkRoot: string;
  readonly wasmDir: string;
  readonly templatesDir: string;
}

/** Paths relative to `dist/cli.js`, whose module URL is given. */
export function packagePathsFrom(moduleUrl: string): PackagePaths {
  const dist = dirname(fileURLToPath(moduleUrl));
  return {
    program: fileURLToPath(moduleUrl),
    childScript: join(dist, 'child', 'node.cjs'),
    sdkRoot: join(dist, 'sdk'),
    wasmDir: join(dist, 'wasm'),
    templatesDir: join(dist, '..', 'templates'),
  };
}
