import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the pieces lie that are shipped beside the command line program. */
export interface PackagePaths {
  /** The bootstrap that runs beside a Node plugin in its sandbox. */
  readonly childScript: string;
  /** The package `plugin-workbench` that plugins import. */
  readonly sdkDir: string;
  readonly wasmDir: string;
  readonly templatesDir: string;
}

/** Paths relative to `dist/cli.js`, whose module URL is given. */
export function packagePathsFrom(moduleUrl: string): PackagePaths {
  const dist = dirname(fileURLToPath(moduleUrl));
  return {
    childScript: join(dist, 'child', 'node.cjs'),
    sdkDir: join(dist, 'sdk', 'node'),
    wasmDir: join(dist, 'wasm'),
    templatesDir: join(dist, '..', 'templates'),
  };
}
