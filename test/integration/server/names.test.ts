import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { DocumentLink, Location, LocationLink, Range, WorkspaceEdit } from 'vscode-languageserver/node';
import { createLineMap } from '../../../src/base/index.ts';
import { applyEdits } from './client.ts';
import { Session } from './session.ts';

/** Ranges in the sources are what a look-up must find. */
const marked = {
  'hub/plugin.json': `{
  "name": "Hub",
  "version": "1.0.0",
  "type": "tool",
  "dependencies": { "plugins": { "mesh": "^2.0.0" } },
  "api": { "events": ["report-made"], "endpoints": [{ "path": "/report", "method": "GET" }] },
  "ui": { "entry": "src/ui.tsx", "commands": [{ "id": "make-report", "title": "Make" }] },
  "build": { "entry": "./src/main.ts" }
}`,
  'hub/src/main.ts': `import { it } from './ui';
export function activate(context) {
  context.commands.register('make-report', async () => {
    await context.events.emit("report-made", {}); // 'make-report' in a comment
    const pattern = /'make-report'/;
    return context.commands.execute<string>('crunch');
  });
  context.serve('/report', () => pattern);
  process.on('report-made', () => console.log('make-report'));
}
`,
  'hub/src/ui.tsx': 'export const it = 1;\n',
  'mesh/plugin.json': `{
  "$schema": "http://logomesh.local/schemas/plugin-manifest-v2.json",
  "id": "mesh",
  "version": "2.0.0",
  "runtime": "python",
  "entrypoint": "main.py",
  "coordination": { "exposesMethods": ["crunch"], "consumesMethods": ["make-report"], "messaging": true }
}`,
  'mesh/main.py': `# "crunch" in a comment
"""crunch"""
plugin.register("crunch", crunch)
plugin.call('hub:make-report')
plugin.on("report-made", listener)
`,
  'yaml/plugin.yaml': `$schema: urn:plugin-workbench:manifest:guide
id: reader
name: Reader
version: 1.0.0
main: index.js
dependencies:
  hub: ^1.0.0
`,
  'yaml/index.js': `exports.activate = context => {
  context.commands.register('own', () => context.commands.execute('own'));
  context.commands.execute('make-report');
  context.commands.execute('hub:make-report');
  context.events.on('report-made', () => {});
};
`,
};

describe('names across manifests and sources', () => {
  let session: Session;
  before(async () => {
    session = await Session.start(marked);
  });
  after(() => session.stop());

  const textOf = (name: string): string => marked[name as keyof typeof marked];
  /** A file of the workspace with the cursor in the given occurrence of a text. */
  const at = (name: string, text: string, occurrence = 0): [string, string] => {
    let offset = -1;
    for (let i = 0; i <= occurrence; i++) offset = textOf(name).indexOf(text, offset + 1);
    assert.ok(offset >= 0, text);
    return [name, `${textOf(name).slice(0, offset + 2)}‸${textOf(name).slice(offset + 2)}`];
  };
  const nameOf = (uri: string): string =>
    path.relative(session.folder, fileURLToPath(uri)).replaceAll('\\', '/');
  const sliceOf = (uri: string, { start, end }: Range): string => {
    const text = textOf(nameOf(uri));
    const lines = createLineMap(text);
    return text.slice(lines.offsetAt(start), lines.offsetAt(end));
  };
  const show = (locations: readonly Location[]): string[] =>
    locations.map(({ uri, range }) => `${nameOf(uri)}:${range.start.line} ${sliceOf(uri, range)}`).sort();
  const references = async (place: [string, string]): Promise<string[]> =>
    show(await session.ask<Location[]>('references', ...place, { context: { includeDeclaration: true } }));

  const reportPlaces = [
    'hub/plugin.json:6 make-report',
    'hub/src/main.ts:2 make-report',
    'mesh/main.py:3 make-report',
    'mesh/plugin.json:6 make-report',
    'yaml/index.js:2 make-report',
    'yaml/index.js:3 make-report',
  ];

  it('finds a command from wherever it stands', async () => {
    for (const place of [
      at('hub/plugin.json', 'make-report'),
      at('hub/src/main.ts', 'make-report'),
      at('mesh/plugin.json', 'make-report'),
      at('yaml/index.js', 'make-report'),
      at('yaml/index.js', 'hub:make-report', 0),
    ]) {
      assert.deepEqual(await references(place), reportPlaces, place[0]);
    }
  });

  it('finds a method and an event in other languages, too', async () => {
    assert.deepEqual(await references(at('mesh/plugin.json', 'crunch')), [
      'hub/src/main.ts:5 crunch',
      'mesh/main.py:2 crunch',
      'mesh/plugin.json:6 crunch',
    ]);
    assert.deepEqual(await references(at('hub/plugin.json', 'report-made')), [
      'hub/plugin.json:5 report-made',
      'hub/src/main.ts:3 report-made',
      'mesh/main.py:4 report-made',
      'yaml/index.js:4 report-made',
    ]);
  });

  it('finds what only the source registers, and nothing at what is no name', async () => {
    assert.deepEqual(await references(at('yaml/index.js', 'own')), [
      'yaml/index.js:1 own',
      'yaml/index.js:1 own',
    ]);
    for (const place of [
      at('hub/src/main.ts', "'report-made'"),
      at('hub/src/main.ts', 'make-report', 1),
      at('hub/src/main.ts', './ui'),
      at('hub/plugin.json', 'Make'),
    ]) {
      const answer = await session.ask('references', ...place, { context: { includeDeclaration: true } });
      assert.equal(answer, null, place[1]);
      assert.equal(await session.ask('prepareRename', ...place), null);
    }
  });

  it('leads from a name to the code behind it, and from the code to the manifest', async () => {
    const definition = async (place: [string, string]) =>
      show(await session.ask<Location[]>('definition', ...place));
    assert.deepEqual(await definition(at('hub/plugin.json', 'make-report')), [
      'hub/src/main.ts:2 make-report',
    ]);
    assert.deepEqual(await definition(at('yaml/index.js', 'make-report')), [
      'hub/plugin.json:6 make-report',
      'hub/src/main.ts:2 make-report',
    ]);
    assert.deepEqual(await definition(at('mesh/plugin.json', 'make-report')), [
      'hub/plugin.json:6 make-report',
      'hub/src/main.ts:2 make-report',
    ]);
  });

  it('leads from an endpoint to the code that handles it', async () => {
    const found = await session.ask<Location[]>('definition', ...at('hub/plugin.json', '/report'));
    assert.deepEqual(show(found), ['hub/src/main.ts:7 /report']);
  });

  it('leads to the files and plugins a manifest names', async () => {
    const linksOf = async (name: string): Promise<string[]> => {
      const { uri } = await session.show(name, textOf(name));
      const links = await session.client.request<DocumentLink[]>('textDocument/documentLink', uri);
      return links.map(({ range, target = '' }) => `${sliceOf(uri, range)} → ${nameOf(target)}`).sort();
    };
    assert.deepEqual(await linksOf('hub/plugin.json'), [
      './src/main.ts → hub/src/main.ts',
      'mesh → mesh/plugin.json',
      'src/ui.tsx → hub/src/ui.tsx',
    ]);
    assert.deepEqual(await linksOf('yaml/plugin.yaml'), [
      'hub → hub/plugin.json',
      'index.js → yaml/index.js',
    ]);
    const [link] = await session.ask<LocationLink[]>('definition', ...at('yaml/plugin.yaml', 'hub'));
    assert.equal(nameOf(link?.targetUri ?? ''), 'hub/plugin.json');
    assert.equal(sliceOf(link?.targetUri ?? '', link?.targetRange ?? nowhere), '"Hub"');
  });

  it('renames a command everywhere at once, whatever the language', async () => {
    const place = at('yaml/index.js', 'hub:make-report');
    const prepared = await session.ask<{ placeholder: string }>('prepareRename', ...place);
    assert.equal(prepared.placeholder, 'make-report');
    const { changes = {} } = await session.ask<WorkspaceEdit>('rename', ...place, {
      newName: 'build-report',
    });
    for (const [uri, edits] of Object.entries(changes)) {
      const before = await readFile(fileURLToPath(uri), 'utf8');
      const renamed = applyEdits(before, edits);
      // Comments, patterns and what is merely printed stay.
      const expected = before.replace(
        /(register\(|execute\(|call\(|"id": |\[)(["'])(hub:)?make-report/g,
        '$1$2$3build-report',
      );
      assert.equal(renamed, expected, nameOf(uri));
    }
    assert.deepEqual(Object.keys(changes).map(nameOf).sort(), [
      'hub/plugin.json',
      'hub/src/main.ts',
      'mesh/main.py',
      'mesh/plugin.json',
      'yaml/index.js',
    ]);
  });

  it('refuses a name that is none', async () => {
    for (const newName of ['', 'a b', '"', '-x', 'a\nb']) {
      await assert.rejects(
        session.ask('rename', ...at('hub/plugin.json', 'make-report'), { newName }),
        /begins with a letter/,
      );
    }
  });

  it('goes by what is typed, not by what is on the disk', async () => {
    const text = textOf('hub/plugin.json').replace('"version"', '\n\n\n  "version"');
    const [name] = at('hub/plugin.json', 'make-report');
    await session.show(name, text);
    const found = await references(at('yaml/index.js', 'make-report'));
    assert.ok(
      found.some(one => one.startsWith('hub/plugin.json:9 ')),
      found.join('\n'),
    );
    await session.show(name, textOf(name));
  });
});

const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
