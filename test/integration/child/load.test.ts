import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ErrorCode, type PluginErrorData } from '../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../src/protocol/wire/index.ts';
import { type Bundles, makeBundles } from './bundles.ts';
import { findNodes } from './node-versions.ts';
import { startPlugin } from './plugin-process.ts';

let bundles: Bundles;
before(async () => {
  bundles = await makeBundles();
});
after(() => bundles.remove());

/** fixture, entry, message, place: `file:line:column` */
const failures: readonly (readonly [string, string, RegExp, string])[] = [
  ['syntax-esm', 'index.mjs', /Unexpected token ';'/, 'index.mjs:2:13'],
  ['syntax-imported', 'index.mjs', /Unexpected token ';'/, 'lib/help.mjs:2:13'],
  ['syntax-cjs', 'index.cjs', /Unexpected token ';'/, 'index.cjs:2:13'],
  ['syntax-required', 'index.cjs', /Identifier 'a' has already been declared/, 'lib.cjs:2:7'],
  ['throws-at-top', 'index.mjs', /Cannot read properties of undefined/, 'index.mjs:3:22'],
  ['throws-in-import', 'index.mjs', /broken on import/, 'broken.mjs:1:7'],
  ['missing-import', 'index.mjs', /Cannot find module/, 'index.mjs:2:19'],
  ['missing-package', 'index.mjs', /Cannot find package/, 'index.mjs:1:17'],
  ['missing-require', 'index.cjs', /Cannot find module '.\/nowhere'/, 'index.cjs:2:11'],
  ['missing-name', 'index.mjs', /does not provide an export named 'nope'/, 'index.mjs:1:16'],
  ['no-activate', 'index.mjs', /exports no plugin \(it exports start\)/, 'index.mjs:1:1'],
];

async function loadFailure(node: string, fixture: string, entry: string): Promise<WireError> {
  const plugin = startPlugin(node, bundles.childScript, bundles.plugin(fixture));
  try {
    await plugin.load(entry);
  } catch (error) {
    assert.ok(error instanceof WireError);
    return error;
  } finally {
    await plugin.end();
  }
  assert.fail(`${fixture} was loaded`);
}

function placeOf(error: WireError, fixture: string): string {
  const { location } = error.data as PluginErrorData;
  if (!location) return 'nowhere';
  return `${path.relative(bundles.plugin(fixture), location.file)}:${location.line}:${location.column}`;
}

for (const node of findNodes()) {
  describe(`loading on ${node.title}`, { skip: node.skip }, () => {
    for (const [fixture, entry, message, place] of failures) {
      test(`${fixture} fails at ${place}`, async () => {
        const error = await loadFailure(node.path, fixture, entry);
        assert.equal(error.code, ErrorCode.PluginFailed);
        assert.match(error.message, message);
        assert.equal(placeOf(error, fixture), place);
      });
    }

    test('TypeScript runs where node strips types, else the error says what is needed', async () => {
      if (node.major < 22) {
        const error = await loadFailure(node.path, 'typescript', 'index.ts');
        assert.match(
          error.message,
          /index\.ts is TypeScript, which node 2\d\.[\d.]+ does not run\. Use node 22\.18/,
        );
        return;
      }
      const plugin = startPlugin(node.path, bundles.childScript, bundles.plugin('typescript'));
      await plugin.load('index.ts');
      await plugin.activate();
      assert.equal(await plugin.invoke('greet', { name: 'Ada' }), 'Hello, Ada!');
      await plugin.end();
      const error = await loadFailure(node.path, 'syntax-typescript', 'index.ts');
      assert.match(error.message, /enum is not supported/);
      assert.equal(placeOf(error, 'syntax-typescript'), 'index.ts:1:8');
    });
  });
}
