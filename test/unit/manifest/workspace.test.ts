import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits, readManifest } from '../../../src/manifest/index.ts';
import { createPluginWorkspace, type PluginWorkspace } from '../../../src/manifest/workspace/index.ts';
import { filesOf } from './reading.ts';

const fileOf = (folder: string) => `/plugins/${folder}/plugin.json`;

interface Made {
  readonly version?: string;
  readonly needs?: Readonly<Record<string, string>>;
  readonly broken?: boolean;
}

/** Takes in a Guide plugin whose id is that of its folder unless told otherwise. */
function put(workspace: PluginWorkspace, folder: string, made: Made = {}, id = folder): string[] {
  const value = {
    id,
    name: folder,
    version: made.version ?? '1.0.0',
    main: made.broken === true ? undefined : 'index.js',
    minHostVersion: '1.0.0',
    dependencies: made.needs ?? {},
  };
  return putText(workspace, folder, JSON.stringify(value, undefined, 2));
}

function putText(workspace: PluginWorkspace, folder: string, text: string): string[] {
  const file = fileOf(folder);
  return [...workspace.set(file, readManifest({ text, file, files: filesOf('index.js', 'main.js') }))];
}

const said = (workspace: PluginWorkspace, folder: string) =>
  workspace
    .findingsFor(fileOf(folder))
    .map(({ code, message }) => `${code.replace('PW-MANIFEST-', '')}: ${message}`);

describe('dependencies across a workspace', () => {
  test('a missing one is a warning until it comes', () => {
    const workspace = createPluginWorkspace();
    put(workspace, 'a', { needs: { elsewhere: '^1.0.0' } });
    assert.deepEqual(said(workspace, 'a'), [
      'DEPENDENCY-MISSING: No plugin of the workspace has the id `elsewhere`.',
    ]);
    assert.equal(workspace.findingsFor(fileOf('a'))[0]?.severity, 'warning');
    assert.deepEqual(put(workspace, 'elsewhere', { version: '1.4.0' }).sort(), [
      fileOf('a'),
      fileOf('elsewhere'),
    ]);
    assert.deepEqual(said(workspace, 'a'), []);
    assert.deepEqual([...workspace.delete(fileOf('elsewhere'))].sort(), [fileOf('a'), fileOf('elsewhere')]);
    assert.equal(said(workspace, 'a').length, 1);
  });

  test('a misspelt one can be mended', () => {
    const workspace = createPluginWorkspace();
    put(workspace, 'data-processor');
    put(workspace, 'a', { needs: { 'data-procesor': '^1.0.0' } });
    const [finding] = workspace.findingsFor(fileOf('a'));
    const [plugin] = workspace.byId('a');
    const mended = applyEdits(plugin?.document.text ?? '', finding?.fix?.edits ?? []);
    putText(workspace, 'a', mended);
    assert.deepEqual(said(workspace, 'a'), []);
  });

  test('a version outside the range points to the version', () => {
    const workspace = createPluginWorkspace();
    put(workspace, 'a', { needs: { b: '^2.0.0' } });
    put(workspace, 'b', { version: '1.9.0' });
    const [finding] = workspace.findingsFor(fileOf('a'));
    assert.equal(finding?.message, '`b` is wanted as ^2.0.0; the workspace has 1.9.0.');
    assert.deepEqual(finding?.related?.[0]?.file, fileOf('b'));
    assert.equal(finding?.related?.[0]?.range.start.line, 3);
    // Its place moves with an edit that changes nothing else.
    const text = workspace.byId('b')[0]?.document.text ?? '';
    assert.deepEqual(putText(workspace, 'b', `\n${text}`), [fileOf('b'), fileOf('a')]);
    assert.equal(workspace.findingsFor(fileOf('a'))[0]?.related?.[0]?.range.start.line, 4);
    put(workspace, 'b', { version: '2.0.1' });
    assert.deepEqual(said(workspace, 'a'), []);
  });

  test('closing a circle touches all that are in it, and opening it too', () => {
    const workspace = createPluginWorkspace();
    put(workspace, 'a', { needs: { b: '*' } });
    put(workspace, 'b', { needs: { c: '*' } });
    put(workspace, 'c');
    put(workspace, 'outside', { needs: { a: '*' } });
    const all = ['a', 'b', 'c'].map(fileOf);
    for (const folder of ['a', 'b', 'c', 'outside']) assert.deepEqual(said(workspace, folder), []);
    assert.deepEqual(put(workspace, 'c', { needs: { a: '*' } }).sort(), all);
    assert.deepEqual(said(workspace, 'b'), [
      'DEPENDENCY-CYCLE: The plugins depend on each other in a circle: b → c → a → b.',
    ]);
    const related = workspace.findingsFor(fileOf('b'))[0]?.related ?? [];
    assert.deepEqual(
      related.map(place => [place.file, place.message]),
      [
        [fileOf('c'), 'c needs a.'],
        [fileOf('a'), 'a needs b.'],
      ],
    );
    assert.deepEqual(said(workspace, 'outside'), []);
    assert.deepEqual(put(workspace, 'c').sort(), all);
    for (const folder of ['a', 'b', 'c']) assert.deepEqual(said(workspace, folder), []);
  });

  test('a plugin that needs itself', () => {
    const workspace = createPluginWorkspace();
    put(workspace, 'a', { needs: { a: '*' } });
    assert.deepEqual(said(workspace, 'a'), ['DEPENDENCY-SELF: The plugin depends on itself.']);
    const [plugin] = workspace.byId('a');
    const [finding] = workspace.findingsFor(fileOf('a'));
    putText(workspace, 'a', applyEdits(plugin?.document.text ?? '', finding?.fix?.edits ?? []));
    assert.deepEqual(said(workspace, 'a'), []);
  });

  test('a plugin that can not be loaded yet can be depended on', () => {
    const workspace = createPluginWorkspace();
    put(workspace, 'a', { needs: { b: '*' } });
    put(workspace, 'b', { broken: true });
    assert.deepEqual(said(workspace, 'a'), []);
  });
});

test('an id used twice is told to both', () => {
  const workspace = createPluginWorkspace();
  put(workspace, 'a');
  assert.deepEqual(put(workspace, 'copy', {}, 'a').sort(), [fileOf('a'), fileOf('copy')]);
  for (const folder of ['a', 'copy'])
    assert.deepEqual(said(workspace, folder), [
      'ID-TAKEN: Another plugin of the workspace has the id `a` too.',
    ]);
  assert.deepEqual(
    workspace.byId('a').map(plugin => plugin.file),
    [fileOf('a'), fileOf('copy')],
  );
  put(workspace, 'copy', {}, 'other');
  assert.deepEqual(said(workspace, 'a'), []);
});

test('methods that LogoMesh plugins call must be exposed by one', () => {
  const workspace = createPluginWorkspace();
  const mesh = (id: string, coordination: unknown) =>
    putText(
      workspace,
      id,
      JSON.stringify({ id, version: '1.0.0', runtime: 'nodejs', entrypoint: 'main.js', coordination }),
    );
  mesh('caller', { consumesMethods: ['get_thoughts'] });
  assert.deepEqual(said(workspace, 'caller'), [
    'METHOD-UNEXPOSED: No plugin of the workspace exposes `get_thoughts`.',
  ]);
  assert.deepEqual(mesh('answerer', { exposesMethods: ['get_thoughts'] }).sort(), [
    fileOf('answerer'),
    fileOf('caller'),
  ]);
  assert.deepEqual(said(workspace, 'caller'), []);
  assert.deepEqual(
    workspace.exposersOf('get_thoughts').map(plugin => plugin.manifest.id),
    ['answerer'],
  );
  assert.deepEqual(
    workspace.consumersOf('get_thoughts').map(plugin => plugin.manifest.id),
    ['caller'],
  );
  mesh('answerer', { exposesMethods: ['get_thoughs'] });
  assert.match(said(workspace, 'caller')[0] ?? '', /Did you mean `get_thoughs`/u);
});

test('among a thousand plugins an edit touches only those it concerns', () => {
  const workspace = createPluginWorkspace();
  for (let i = 0; i < 1000; i++)
    put(workspace, `p${i}`, { needs: i === 0 ? {} : { [`p${i - 1}`]: '^1.0.0' } });
  for (const plugin of workspace.plugins()) assert.deepEqual(workspace.findingsFor(plugin.file), []);
  assert.deepEqual(put(workspace, 'p500', { version: '2.0.0', needs: { p499: '^1.0.0' } }).sort(), [
    fileOf('p500'),
    fileOf('p501'),
  ]);
  assert.equal(said(workspace, 'p501').length, 1);
});

test('a thousand plugins in one circle are each told how it begins', () => {
  const workspace = createPluginWorkspace();
  const needs = (n: number) => ({ needs: { [`p${(n + 1) % 1000}`]: '*' } });
  for (let n = 0; n < 1000; n++) put(workspace, `p${n}`, needs(n));
  for (const n of [0, 500, 999]) {
    const [finding] = workspace.findingsFor(fileOf(`p${n}`));
    assert.match(
      finding?.message ?? '',
      new RegExp(`: p${n} → p${(n + 1) % 1000} → .* → … → p${n}\\.$`, 'u'),
    );
    assert.equal(finding?.related?.length, 9);
  }
  const touched = put(workspace, 'p500', { ...needs(500), version: '1.0.1' });
  assert.ok(touched.length < 15, 'a new version that fits changes nothing in the circle but places');
  assert.equal(put(workspace, 'p500').length, 1000);
  for (const n of [0, 500, 999]) assert.deepEqual(said(workspace, `p${n}`), []);
});
