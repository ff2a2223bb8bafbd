import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { root } from '../bare/root.mjs';

/** How the bundles are made. */
export interface BundleMode {
  /** Minified and without source maps, as it is shipped. */
  readonly production: boolean;
}

/** One process of the workbench, or one package that plugins import: one file. */
export interface Bundle {
  /** The source file it starts from, relative to the root. */
  readonly entry: string;
  /** The file it becomes, relative to the root. */
  readonly outfile: string;
  readonly options: BuildOptions;
  readonly afterwards?: () => Promise<void>;
}

/** Extension hosts and our own processes run at least this. */
const workbenchNode = 'node22';
/** The oldest node that a plugin, or someone without an editor, may have. */
const oldestNode = 'node20';

// esbuild leaves `import.meta.url` empty in CommonJS; the banner and the name below give it its meaning back.
const moduleUrlBanner = "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;";

const commonJs: BuildOptions = {
  format: 'cjs',
  target: workbenchNode,
  banner: { js: moduleUrlBanner },
  define: { 'import.meta.url': '__moduleUrl' },
  // The ESM build of web-tree-sitter asks for import.meta when it is loaded.
  alias: { 'web-tree-sitter': join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.cjs') },
};

const forPlugins: BuildOptions = { format: 'cjs', target: oldestNode };

/** Leaves an import out of a bundle: `source` is a bundle of its own, found beside it as `bundle` when it is wanted. */
function loadedLater(source: string, bundle: string): Plugin {
  return {
    name: 'loaded-later',
    setup: build => {
      build.onResolve({ filter: /^\.\// }, ({ path }) =>
        path === source ? { path: bundle, external: true } : undefined,
      );
    },
  };
}

const cliFile = 'dist/cli.js';

/** Every bundle; the order is that of the size report. */
export const bundles: readonly Bundle[] = [
  {
    entry: 'src/extension/extension.ts',
    outfile: 'dist/extension.cjs',
    options: {
      ...commonJs,
      external: ['vscode'],
      plugins: [loadedLater('./background.ts', './background.cjs')],
    },
  },
  {
    // What activation does not need: parsing it would take longer than activating.
    entry: 'src/extension/background.ts',
    outfile: 'dist/background.cjs',
    options: { ...commonJs, external: ['vscode'] },
  },
  { entry: 'src/server/main.ts', outfile: 'dist/server.cjs', options: commonJs },
  { entry: 'src/host/main.ts', outfile: 'dist/host.cjs', options: commonJs },
  { entry: 'src/host/child/node.ts', outfile: 'dist/child/node.cjs', options: forPlugins },
  { entry: 'src/sdk/node/index.ts', outfile: 'dist/sdk/node/index.cjs', options: forPlugins },
  {
    entry: 'src/cli/main.ts',
    outfile: cliFile,
    options: {
      format: 'esm',
      // It runs on the node of whoever calls it, without an editor's own.
      target: oldestNode,
      // Bundled CommonJS packages call require, which an ES module has to make itself.
      banner: {
        js: [
          '#!/usr/bin/env node',
          "import { createRequire as __createRequire } from 'node:module';",
          'const require = __createRequire(import.meta.url);',
        ].join('\n'),
      },
    },
    afterwards: () => chmod(join(root, cliFile), 0o755),
  },
];

/** The settings esbuild gets for one bundle. */
export function settingsOf(bundle: Bundle, mode: BundleMode): BuildOptions {
  return {
    platform: 'node',
    bundle: true,
    metafile: true,
    logLevel: 'warning',
    legalComments: 'none',
    // The UMD builds that `main` alone would choose can't be bundled (vscode-json-languageservice).
    mainFields: ['module', 'main'],
    minify: mode.production,
    sourcemap: !mode.production,
    ...bundle.options,
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.outfile,
  };
}
