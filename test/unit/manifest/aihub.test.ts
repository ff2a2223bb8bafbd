import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../../src/manifest/index.ts';
import { codesOf, read, readText, underlined } from './reading.ts';

const base = { name: 'My Plugin', version: '1.0.0', type: 'tool', build: { entry: 'index.js' } };
const withPermissions = (permissions: unknown) => read({ ...base, permissions }, 'index.js');

/** The manifest after the only fix offered. */
function mended(reading: ReturnType<typeof read>): unknown {
  const fixes = reading.findings.flatMap(finding => (finding.fix === undefined ? [] : [finding.fix]));
  assert.equal(fixes.length, 1);
  return JSON.parse(applyEdits(reading.document.text, fixes[0]?.edits ?? []));
}

describe('shape', () => {
  test('a minimal manifest has no findings', () => {
    const reading = read(base, 'index.js');
    assert.deepEqual(codesOf(reading), []);
    assert.equal(reading.manifest?.id, 'my-plugin');
  });

  test('a misspelt permission is pointed at and mended', () => {
    const reading = withPermissions({ filesytem: { read: ['./data/*'] } });
    assert.deepEqual(codesOf(reading), ['KEY-MISSPELT']);
    assert.deepEqual(underlined(reading), ['"filesytem"']);
    assert.equal(reading.findings[0]?.fix?.title, 'Replace `filesytem` by `filesystem`');
    assert.deepEqual(mended(reading), { ...base, permissions: { filesystem: { read: ['./data/*'] } } });
    assert.deepEqual(reading.manifest?.capabilities, [], 'what is misspelt grants nothing');
  });

  test('a misspelt required key is one finding', () => {
    const { version: _, ...rest } = base;
    const reading = read({ ...rest, verison: '1.0.0' }, 'index.js');
    assert.deepEqual(codesOf(reading), ['FIELD-MISSING']);
    assert.deepEqual(underlined(reading), ['"verison"']);
    assert.deepEqual(mended(reading), { ...rest, version: '1.0.0' });
    assert.equal(reading.manifest, undefined);
  });

  test('a missing version can be added', () => {
    const { version: _, ...rest } = base;
    const reading = read(rest, 'index.js');
    assert.deepEqual(codesOf(reading), ['FIELD-MISSING']);
    assert.deepEqual(mended(reading), { ...rest, version: '0.1.0' });
  });

  test('a misspelt value is mended', () => {
    const reading = read({ ...base, type: 'instrumnet' }, 'index.js');
    assert.deepEqual(codesOf(reading), ['VALUE']);
    assert.deepEqual(underlined(reading), ['"instrumnet"']);
    assert.deepEqual(mended(reading), { ...base, type: 'instrument' });
  });

  test('a number where text is wanted is quoted as written', () => {
    const reading = readText(
      '{"name": "a", "type": "tool", "version": 1.0, "build": {"entry": "index.js"}}',
      'index.js',
    );
    assert.deepEqual(codesOf(reading), ['TYPE', 'VERSION'].slice(0, 1));
    assert.equal(reading.findings[0]?.message, '`version` must be text.');
    assert.equal((mended(reading) as { version: string }).version, '1.0');
  });

  test('unknown keys are named, own keys may begin with x-', () => {
    assert.deepEqual(codesOf(read({ ...base, 'x-mine': 1, flavour: 'mint' }, 'index.js')), ['KEY-UNKNOWN']);
  });

  test('every finding says why it matters', () => {
    const reading = read({ type: 3, build: {}, permissions: { network: { protocol: [] } }, zzz: 1 });
    assert.ok(reading.findings.length >= 5);
    assert.deepEqual(
      reading.findings.filter(finding => finding.why === undefined),
      [],
    );
  });
});

describe('versions', () => {
  test('a version that is nearly semver is completed', () => {
    for (const [written, meant] of [
      ['1.0', '1.0.0'],
      ['v1.2.3', '1.2.3'],
      ['2', '2.0.0'],
    ]) {
      const reading = read({ ...base, version: written }, 'index.js');
      assert.deepEqual(codesOf(reading), ['VERSION']);
      assert.deepEqual(mended(reading), { ...base, version: meant });
    }
    const hopeless = read({ ...base, version: 'latest' }, 'index.js');
    assert.deepEqual(codesOf(hopeless), ['VERSION']);
    assert.equal(hopeless.findings[0]?.fix, undefined);
  });

  test('prerelease and build metadata are versions', () => {
    assert.deepEqual(codesOf(read({ ...base, version: '1.0.0-rc.1+build.5' }, 'index.js')), []);
  });

  test('an empty range of host versions is found at its upper end', () => {
    const reading = read(
      { ...base, compatibility: { minAppVersion: '2.0.0', maxAppVersion: '1.9.9' } },
      'index.js',
    );
    assert.deepEqual(codesOf(reading), ['RANGE-EMPTY']);
    assert.deepEqual(underlined(reading), ['"1.9.9"']);
    assert.equal(reading.findings[0]?.related?.length, 1);
  });

  test('ranges of runtimes and plugins are read', () => {
    const dependencies = { runtime: { node: '>=18' }, plugins: { other: '^1.0.0', broken: 'newest please' } };
    const reading = read({ ...base, dependencies }, 'index.js');
    assert.deepEqual(codesOf(reading), ['RANGE']);
    assert.deepEqual(underlined(reading), ['"newest please"']);
    const good = read(
      { ...base, dependencies: { ...dependencies, plugins: { other: '^1.0.0' } } },
      'index.js',
    );
    assert.deepEqual(good.manifest?.dependencies.runtimes, { node: '>=18' });
    assert.deepEqual(good.manifest?.dependencies.plugins, [
      { id: 'other', range: '^1.0.0', at: ['dependencies', 'plugins', 'other'] },
    ]);
  });
});

describe('entry', () => {
  const built = { ...base, build: { entry: 'src/main.ts', output: 'dist/' } };

  test('the built counterpart is loaded where there is one', () => {
    assert.equal(read(built, 'src/main.ts').manifest?.entry, 'src/main.ts');
    assert.equal(read(built, 'src/main.ts', 'dist/main.mjs').manifest?.entry, 'dist/main.mjs');
    assert.equal(
      read(built, 'dist/main.cjs').manifest?.entry,
      'dist/main.cjs',
      'a package need not hold its sources',
    );
    assert.equal(read(built, 'src/main.ts', 'dist/other.js').manifest?.entry, 'src/main.ts');
  });

  test('a missing entry, a folder, and a path that leads out are errors', () => {
    const cases = [
      ['gone.js', 'ENTRY-MISSING'],
      ['src', 'ENTRY-MISSING'],
      ['../index.js', 'PATH-OUTSIDE'],
      ['src/../../index.js', 'PATH-OUTSIDE'],
      ['/etc/passwd', 'PATH-OUTSIDE'],
      ['C:\\plugin\\index.js', 'PATH-OUTSIDE'],
      ['..\\index.js', 'PATH-OUTSIDE'],
      ['file:///index.js', 'PATH-OUTSIDE'],
    ] as const;
    for (const [entry, code] of cases) {
      const reading = read({ ...base, build: { entry } }, 'index.js', 'src/main.js');
      assert.deepEqual(codesOf(reading), [code], entry);
      assert.deepEqual(underlined(reading), [JSON.stringify(entry)]);
      assert.equal(reading.manifest, undefined);
    }
  });

  test('an output folder that leads out is an error, and nothing in it is loaded', () => {
    const reading = read(
      { ...base, build: { entry: 'index.js', output: '../dist' } },
      'index.js',
      '../dist/index.js',
    );
    assert.deepEqual(codesOf(reading), ['PATH-OUTSIDE']);
  });

  test('a .tsx entry runs nowhere', () => {
    assert.deepEqual(codesOf(read({ ...base, build: { entry: 'main.tsx' } }, 'main.tsx')), ['ENTRY-KIND']);
  });

  test('without build, the start script is a hint', () => {
    const { build: _, ...rest } = base;
    const reading = read({ ...rest, scripts: { start: 'node dist/app.js' } }, 'dist/app.js');
    assert.deepEqual(codesOf(reading), ['ENTRY-UNSTATED']);
    assert.deepEqual((mended(reading) as { build: unknown }).build, { entry: 'dist/app.js' });
    assert.deepEqual(codesOf(read({ ...rest, type: 'theme' })), [], 'a theme may have no code');
  });
});

describe('permissions', () => {
  test('memory grants storage, and its collections, up to its size', () => {
    const reading = withPermissions({ memory: { maxSize: '1.5 MB', collections: ['books'] } });
    const grants = reading.manifest?.capabilities.map(
      ({ scope, action, resource }) => `${scope} ${action} ${resource}`,
    );
    assert.deepEqual(grants, [
      'storage read *',
      'storage write *',
      'memory read books',
      'memory write books',
    ]);
    assert.equal(reading.manifest?.capabilities[0]?.restrictions.maxBytes, 1.5 * 1024 * 1024);
    assert.equal(reading.manifest?.limits.memoryBytes, undefined, 'maxSize bounds data, not the process');
  });

  test('sizes that say nothing are errors', () => {
    for (const maxSize of ['lots', '100', '-1MB', '0MB', '']) {
      assert.deepEqual(codesOf(withPermissions({ memory: { maxSize } })), ['SIZE-FORMAT'], maxSize);
    }
  });

  test('patterns that cover everything are warned of', () => {
    for (const pattern of ['**', '*', '/', '/**', '~/**', '~', '**/*', 'C:\\']) {
      assert.deepEqual(
        codesOf(withPermissions({ filesystem: { read: [pattern] } })),
        ['GRANT-BROAD'],
        pattern,
      );
    }
    for (const pattern of ['../elsewhere/*', '/etc/hosts', '~/notes/*', './a/../../b']) {
      assert.deepEqual(
        codesOf(withPermissions({ filesystem: { read: [pattern] } })),
        ['GRANT-OUTSIDE'],
        pattern,
      );
    }
    for (const pattern of ['./data/**', 'data/*', './**', './*', '.hidden/*']) {
      assert.deepEqual(codesOf(withPermissions({ filesystem: { read: [pattern] } })), [], pattern);
    }
    assert.deepEqual(codesOf(withPermissions({ filesystem: { write: ['./**'] } })), ['GRANT-BROAD']);
  });

  test('a pattern made to be slow is not', () => {
    const reading = withPermissions({
      filesystem: { read: [`${'*'.repeat(50_000)}x`] },
      network: { domains: [`${'*.'.repeat(50_000)}!`], protocols: ['https'] },
    });
    assert.deepEqual(codesOf(reading), ['GLOB', 'HOST']);
  });

  test('network needs protocols, and http is warned of', () => {
    const silent = withPermissions({ network: { domains: ['api.example.com'] } });
    assert.deepEqual(codesOf(silent), ['GRANT-EMPTY']);
    assert.deepEqual(silent.manifest?.capabilities[0]?.restrictions.protocols, []);
    assert.deepEqual((mended(silent) as { permissions: { network: unknown } }).permissions.network, {
      domains: ['api.example.com'],
      protocols: ['https'],
    });
    assert.deepEqual(codesOf(withPermissions({ network: { domains: ['a.example'], protocols: ['http'] } })), [
      'PROTOCOL-INSECURE',
    ]);
    assert.deepEqual(codesOf(withPermissions({ network: { domains: ['*'], protocols: ['https'] } })), [
      'GRANT-BROAD',
    ]);
    assert.deepEqual(codesOf(withPermissions({ network: { domains: ['*.com'], protocols: ['https'] } })), [
      'GRANT-BROAD',
    ]);
    assert.deepEqual(
      codesOf(withPermissions({ network: { domains: ['*.example.com'], protocols: ['https'] } })),
      [],
    );
  });

  test('only true grants a system service', () => {
    const reading = withPermissions({ system: { notifications: true, camera: false } });
    assert.deepEqual(
      reading.manifest?.capabilities.map(capability => capability.action),
      ['notifications'],
    );
  });
});

describe('contributions', () => {
  test('ids are unique among their kind', () => {
    const command = { id: 'go', title: 'Go' };
    const endpoint = (method: string) => ({ path: '/go', method });
    const reading = read(
      {
        ...base,
        ui: { commands: [command, command], panels: [command] },
        api: { endpoints: [endpoint('GET'), endpoint('POST'), endpoint('GET')] },
      },
      'index.js',
    );
    assert.deepEqual(codesOf(reading), ['ID-DUPLICATE', 'ID-DUPLICATE']);
    assert.deepEqual(underlined(reading), ['"go"', '"/go"']);
  });

  test('only listed events may be emitted, other commands may be registered', () => {
    const contributions = read({ ...base, api: { events: ['done'] } }, 'index.js').manifest?.contributions;
    assert.deepEqual(contributions?.events, ['done']);
    assert.equal(contributions?.openMethods, true);
    assert.deepEqual(read(base, 'index.js').manifest?.contributions.events, []);
  });

  test('files the manifest names should be there', () => {
    const reading = read({ ...base, resources: { icon: './icon.png', docs: '../docs' } }, 'index.js');
    assert.deepEqual(codesOf(reading), ['FILE-MISSING', 'PATH-OUTSIDE']);
  });
});

describe('identity', () => {
  test('the id is made from the name', () => {
    for (const [name, id] of [
      ['AI Bookkeeper', 'ai-bookkeeper'],
      ['  Café №5! ', 'cafe-no5'],
      ['../../etc', 'etc'],
      ['__proto__', 'proto'],
    ]) {
      assert.equal(read({ ...base, name }, 'index.js').manifest?.id, id);
    }
    assert.deepEqual(codesOf(read({ ...base, name: '插件' }, 'index.js')), ['ID']);
  });
});
