import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../bare/root.mjs';

const grammars = ['javascript', 'typescript', 'tsx'];

/** Files that are shipped as they are: source → place in dist, both relative to the root. */
const copies: ReadonlyMap<string, string> = new Map([
  ['node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/wasm/web-tree-sitter.wasm'],
  ...grammars.map((name): [string, string] => [
    `node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`,
    `dist/wasm/tree-sitter-${name}.wasm`,
  ]),
  ['src/sdk/node/package/package.json', 'dist/sdk/node/package.json'],
  ['src/sdk/node/package/index.d.ts', 'dist/sdk/node/index.d.ts'],
]);

/** The places in dist that {@link copyAssets} fills, relative to the root. */
export const assetPlaces: readonly string[] = [...copies.values()];

/** Copies the grammars and the written parts of the SDK package beside the bundles. */
export async function copyAssets(): Promise<void> {
  for (const [from, to] of copies) {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await cp(join(root, from), join(root, to));
  }
}
