import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { benchLanguages, isInstalled } from '../../../bench/language-plugin.ts';
import { leftovers, soak } from '../../../bench/soak/soak.ts';
import { buildShipped, createWorld, type Shipped, type World } from './world.ts';

const reloads: Readonly<Record<string, number>> = { node: 25, python: 8, go: 3, rust: 3 };

describe('many reloads under load', () => {
  let shipped: Shipped;
  let world: World;
  let temporaryFolder: string;
  const outer = process.env['TMPDIR'];
  before(async () => {
    shipped = await buildShipped();
    world = await createWorld(shipped);
    temporaryFolder = path.join(world.dir, 'tmp');
    await mkdir(temporaryFolder);
    process.env['TMPDIR'] = temporaryFolder;
  });
  after(async () => {
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
    await world.dispose();
    await shipped.dispose();
  });

  for (const language of benchLanguages) {
    const skip = isInstalled(language) ? false : `${language.needs[0]} is not installed`;
    test(`lose no call and leave nothing behind: ${language.id}`, { skip }, async () => {
      const report = await soak({
        language,
        reloads: reloads[language.id] ?? 3,
        host: world.host,
        root: path.join(world.dir, language.id),
        temporaryFolder,
      });
      assert.equal(report.lost, 0);
      assert.ok(report.calls > 0);
      assert.deepEqual(leftovers(report), []);
    });
  }
});
