import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { CompletionItemKind } from 'vscode-languageserver/node';
import * as yaml from 'yaml';
import { noLevels } from '../../../src/analysis/index.ts';
import { applyEdits, type ManifestReading, readManifest } from '../../../src/manifest/index.ts';
import { createPluginWorkspace } from '../../../src/manifest/workspace/index.ts';
import { completeManifest } from '../../../src/server/completion/index.ts';
import { hoverManifest } from '../../../src/server/manifest-hover.ts';
import { targetsIn } from '../../../src/server/names/index.ts';
import { foldManifest, formatManifest, symbolsOf } from '../../../src/server/outline/index.ts';
import { patternTokens } from '../../../src/server/pattern-tokens.ts';
import { createSourceFiles } from '../../../src/server/sources/index.ts';

const fixtures = join(import.meta.dirname, '../manifest/fixtures');
const json = ['aihub', 'guide', 'logomesh'].map(id =>
  readFileSync(join(fixtures, id, 'plugin.json'), 'utf8'),
);
const forge = readFileSync(join(fixtures, 'forgeai/plugin.yaml'), 'utf8');
const yamlTexts = [forge, ...json.map(text => yaml.stringify(parse(text)))];

const files = { kindOf: () => undefined };
const read = (text: string, format: string): ManifestReading =>
  readManifest({ text, file: `/nowhere/plugin.${format}`, files });
const subjectOf = (reading: ManifestReading) => ({
  reading,
  workspace: createPluginWorkspace(),
  sources: createSourceFiles(() => undefined),
  configuration: { aiModels: ['gpt-4'], hasOwnNode: false, packageFiles: [], levels: noLevels },
});

/** Pieces that change what everything after them means. */
const piece = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ':',
    ': ',
    ',',
    '\n',
    '\r\n',
    '  ',
    '- ',
    '#',
    '|',
    '>',
    '&a ',
    '*a',
    '!!set ',
    '? ',
  ],
  ...[
    '\\',
    '\t',
    '//',
    '/*',
    '*/',
    '\uFEFF',
    '\0',
    '\uD800',
    '__proto__',
    '"a":',
    '---\n',
    '%TAG',
    '$1',
    '^',
    '<<: ',
  ],
);
const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(40), put: piece });

for (const [format, texts] of [
  ['json', json],
  ['yaml', yamlTexts],
] as const) {
  describe(`help with ${format} that is being typed`, () => {
    it('never fails, and every edit is one the client can make', () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...texts),
          fc.array(change, { minLength: 1, maxLength: 4 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (original, changes, cursor) => {
            let text = original;
            for (const { at, cut, put } of changes) {
              const offset = Math.floor(at * text.length);
              text = text.slice(0, offset) + put + text.slice(offset + cut);
            }
            const reading = read(text, format);
            const subject = subjectOf(reading);
            const { document } = reading;
            const position = document.lines.positionAt(Math.floor(cursor * text.length));
            const { items } = completeManifest(subject, position, { snippets: true, indents: false });
            for (const { textEdit, additionalTextEdits = [] } of items) {
              assert.ok(textEdit && 'range' in textEdit);
              const { start, end } = textEdit.range;
              assert.ok(start.line === position.line && end.line === position.line);
              assert.ok(start.character <= position.character && end.character >= position.character);
              for (const { range } of additionalTextEdits) {
                assert.ok(document.lines.offsetAt(range.end) <= document.lines.offsetAt(start));
              }
            }
            hoverManifest(subject, position);
            targetsIn(subject);
            foldManifest(document);
            for (const symbol of symbolsOf(document)) {
              assert.ok(
                document.lines.offsetAt(symbol.selectionRange.end) <=
                  document.lines.offsetAt(symbol.range.end),
              );
            }
            if (reading.profile) patternTokens(document, reading.profile.id);
          },
        ),
        { numRuns: 400 },
      );
    });

    it('is formatted without changing what it says', () => {
      fc.assert(
        fc.property(fc.constantFrom(...texts), change, (original, { at, put }) => {
          const offset = Math.floor(at * original.length);
          const text = original.slice(0, offset) + put + original.slice(offset);
          const before = read(text, format).document;
          const edits = formatManifest(before, { tabSize: 2, insertSpaces: true });
          const after = read(applyEdits(text, edits), format).document;
          assert.deepEqual(after.value, before.value);
          assert.equal(countComments(after.text), countComments(text));
        }),
        { numRuns: 200 },
      );
    });

    it('completes to a text that reads as the choice', () => {
      for (const text of texts) {
        const reading = read(text, format);
        const path = reading.document.propertyAt(['version'])?.keySpan.start ?? 0;
        const blank = format === 'json' ? '"",\n  ' : '\n';
        const typed = text.slice(0, path) + blank + text.slice(path);
        const position = read(typed, format).document.lines.positionAt(path + (format === 'json' ? 1 : 0));
        const subject = subjectOf(read(typed, format));
        const { items } = completeManifest(subject, position, { snippets: false, indents: false });
        assert.ok(items.length > 0);
        for (const { label, textEdit, kind } of items) {
          if (kind !== CompletionItemKind.Property || !textEdit || !('range' in textEdit)) continue;
          const { document } = read(applyEdits(typed, [textEdit]), format);
          const broken = document.findings.filter(({ code }) => code === 'PW-MANIFEST-SYNTAX');
          assert.deepEqual(broken, [], textEdit.newText);
          assert.ok(document.propertyAt([label]), `${label}: ${textEdit.newText}`);
        }
      }
    });
  });
}

function countComments(text: string): number {
  return text.match(/\/\/ |(?:^|\s)#/g)?.length ?? 0;
}
