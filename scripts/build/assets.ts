import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { root } from '../bare/root.mjs';

const grammars = ['javascript', 'typescript', 'tsx', 'python', 'go', 'rust'];

/** Files that are shipped as they are: source → place in dist, both relative to the root. */
const copies: ReadonlyMap<string, string> = new Map([
  ['node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/wasm/web-tree-sitter.wasm'],
  ...grammars.map((name): [string, string] => [
    `node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`,
    `dist/wasm/tree-sitter-${name}.wasm`,
  ]),
  ...readdirSync(join(root, 'src/sdk/node/package')).map((name): [string, string] => [
    `src/sdk/node/package/${name}`,
    `dist/sdk/node/${name}`,
  ]),
]);

/** Languages whose SDK is shipped as its source, whole. */
const sourceSdks = ['python', 'go', 'rust'].filter(language => existsSync(join(root, 'src/sdk', language)));

/** Folders that trying out an SDK leaves beside its source. */
const leftovers = new Set(['__pycache__', '.mypy_cache', '.pytest_cache', 'target']);

/** The places in dist that {@link copyAssets} fills, relative to the root. */
export const assetPlaces: readonly string[] = [
  ...copies.values(),
  ...sourceSdks.map(language => `dist/sdk/${language}`),
];

/** Copies the grammars, the written parts of the SDK package for Node, and the other SDKs beside the bundles. */
export async function copyAssets(): Promise<void> {
  for (const [from, to] of copies) {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await cp(join(root, from), join(root, to));
  }
  for (const language of sourceSdks) {
    const place = join(root, 'dist/sdk', language);
    await rm(place, { recursive: true, force: true });
    await cp(join(root, 'src/sdk', language), place, {
      recursive: true,
      filter: file => !leftovers.has(basename(file)),
    });
  }
}
