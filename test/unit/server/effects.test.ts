import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { resolveGrants } from '../../../src/host/process/grants.ts';
import { describeFilePattern } from '../../../src/server/effects/files.ts';

/** What a hover says about a file pattern must be what the host does with it. */
describe('what is said of a file pattern', () => {
  let root: string;
  let plugin: string;
  before(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'plugin-workbench-effects-')));
    plugin = join(root, 'plugin');
    await mkdir(join(plugin, 'data'), { recursive: true });
    await mkdir(join(root, 'shared'));
    await writeFile(join(plugin, 'notes.txt'), '');
    await writeFile(join(root, 'shared', 'one.txt'), '');
    await symlink(join(root, 'shared'), join(root, 'link'));
  });
  after(() => rm(root, { recursive: true, force: true }));

  const patterns = (): string[] => [
    './data/**',
    'data/**',
    './data/*',
    './notes.txt',
    './**',
    '**',
    '*',
    '/',
    '/**',
    '~/**',
    '../elsewhere/**',
    './data/../../elsewhere/**',
    '$HOME/**',
    'a{b,c}/**',
    `${root}/shared/**`,
    `${root}/shared/one.txt`,
  ];

  for (const action of ['read', 'write'] as const) {
    it(`to ${action}: agrees with the host about what is opened`, async () => {
      for (const pattern of patterns()) {
        const capability = {
          scope: 'filesystem',
          action,
          resource: pattern,
          restrictions: {},
          at: [],
        } as const;
        const { readOnly, readWrite, notes } = await resolveGrants([capability], plugin);
        const said = describeFilePattern(pattern, action);
        const opened = action === 'read' ? readOnly : readWrite;
        if (notes.length > 0) {
          const isNothing = notes[0]?.includes('grants nothing');
          assert.match(said, isNothing ? /grants \*\*nothing/ : /not open/, `${action} ${pattern}: ${notes}`);
          const reason = notes[0]?.split(/in the sandbox: |grants nothing: /)[1] ?? '?';
          assert.ok(said.includes(reason.replace(/\.$/, '')), `${said}\n${reason}`);
        } else if (opened.length > 0) {
          assert.match(
            said,
            action === 'read' ? /binds .* read-only/ : /binds .* read-write/,
            `${action} ${pattern}`,
          );
        } else {
          assert.match(said, /own folder is readable as a whole/, `${action} ${pattern}`);
        }
      }
    });
  }
});
