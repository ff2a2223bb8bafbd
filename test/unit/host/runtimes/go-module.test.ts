import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WorkbenchError } from '../../../../src/base/index.ts';
import type { GoToolchain } from '../../../../src/host/runtimes/go.ts';
import {
  checkLanguage,
  findModule,
  generateModule,
  moduleEdits,
  needsDownload,
} from '../../../../src/host/runtimes/go-module.ts';

const go: GoToolchain = {
  command: '/go/bin/go',
  root: '/go',
  version: '1.24.3',
  flags: [],
  description: 'go',
};

describe('the module of a Go plugin', () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'go-module-'));
    mkdirSync(join(dir, 'cmd', 'plugin'), { recursive: true });
  });
  after(() => rmSync(dir, { recursive: true }));

  it('is the nearest go.mod within the plugin’s folder', () => {
    const entry = join(dir, 'cmd', 'plugin', 'main.go');
    assert.deepEqual(findModule(dir, entry), {
      root: join(dir, 'cmd', 'plugin'),
      package: '.',
      text: undefined,
    });
    writeFileSync(join(dir, 'go.mod'), 'module x\n');
    assert.deepEqual(findModule(dir, entry), { root: dir, package: './cmd/plugin', text: 'module x\n' });
    // One above the plugin is not the plugin's.
    assert.equal(findModule(join(dir, 'cmd'), entry).text, undefined);
  });

  it('requires the SDK, and is raised to the language the SDK needs', () => {
    const both = ['-require=plugin-workbench.dev/sdk@v0.0.0', '-replace=plugin-workbench.dev/sdk=/sdk'];
    assert.deepEqual(moduleEdits('module x\n\ngo 1.23.1\n', '/sdk'), both);
    assert.deepEqual(moduleEdits('module x\n\ngo 1.18\n', '/sdk'), [...both, '-go=1.21']);
    assert.deepEqual(moduleEdits('module x\n', '/sdk'), [...both, '-go=1.21']);
    assert.equal(generateModule('my-plugin', go), 'module my-plugin\n\ngo 1.24\n');
  });

  it('is downloaded for only when it requires something', () => {
    assert.equal(needsDownload('module x\n\ngo 1.23\n\nrequire plugin-workbench.dev/sdk v0.0.0\n'), false);
    assert.equal(needsDownload('module x\nrequire github.com/a/b v1.2.3\n'), true);
    assert.equal(needsDownload('module x\nrequire (\n\tgithub.com/a/b v1.2.3 // indirect\n)\n'), true);
    assert.equal(needsDownload('module x\n// require github.com/a/b v1.2.3\n'), false);
  });

  it('is refused at its own line when it asks for a newer Go', () => {
    const module = { root: '/p', package: '.', text: 'module x\n\ngo 1.99\n' };
    assert.throws(
      () => checkLanguage(module, go),
      (error: unknown) => {
        assert.ok(error instanceof WorkbenchError);
        assert.equal(error.code, 'PW-RUNTIME-VERSION');
        assert.deepEqual(error.details?.['location'], { file: '/p/go.mod', line: 3, column: 1 });
        return true;
      },
    );
    checkLanguage({ ...module, text: 'module x\n\ngo 1.24.3\n' }, go);
    checkLanguage({ ...module, text: undefined }, go);
  });
});
