import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as runtime from '../../../src/sdk/node/index.ts';
import type * as published from '../../../src/sdk/node/package/index.d.ts';

const root = path.resolve(import.meta.dirname, '../../..');

test('what the types promise by name is there when the package runs, and nothing else', () => {
  const promised: { readonly [Name in Exclude<keyof typeof published, 'default'>]: unknown } = runtime;
  assert.deepEqual(Object.keys(promised).sort(), [
    'PermissionDeniedError',
    'PluginCallError',
    'definePlugin',
  ]);
});

describe('the types in a plugin', () => {
  let dir: string;
  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'sdk-types-'));
    await cp(path.join(root, 'test/fixtures/sdk-types'), dir, { recursive: true });
    await cp(path.join(root, 'src/sdk/node/package'), path.join(dir, 'node_modules/plugin-workbench'), {
      recursive: true,
    });
  });
  after(() => rm(dir, { recursive: true, force: true }));

  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ] as const) {
    test(`hold in ES modules, CommonJS and TypeScript under ${module}`, async () => {
      const compilerOptions = {
        module,
        moduleResolution,
        target: 'es2022',
        strict: true,
        noEmit: true,
        allowJs: true,
        skipLibCheck: false,
        noImplicitAny: false,
        types: ['node'],
        typeRoots: [path.join(root, 'node_modules/@types')],
      };
      await writeFile(path.join(dir, 'package.json'), '{ "type": "module" }');
      const config = path.join(dir, `tsconfig.${module}.json`);
      await writeFile(
        config,
        JSON.stringify({ compilerOptions, files: ['plugin.js', 'plugin.ts', 'plugin.cjs'] }),
      );
      const compiler = path.join(root, 'node_modules/typescript-native/bin/tsc');
      const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', config], { encoding: 'utf8' });
      assert.equal(stdout, '');
      assert.equal(status, 0);
    });
  }
});
