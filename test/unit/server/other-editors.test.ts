import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { getLanguageService } from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { profiles } from '../../../src/manifest/index.ts';

const root = join(import.meta.dirname, '../../..');

/** Editors without our server know the published schemas through a service like this one. */
describe('the published schemas in another editor', () => {
  for (const { id, schemaUris } of profiles) {
    const text = readFileSync(join(root, 'schemas', `${id}.schema.json`), 'utf8');
    const open = (content: string) => {
      const document = TextDocument.create('file:///plugin.json', 'jsonc', 1, content);
      const service = getLanguageService({ schemaRequestService: () => Promise.resolve(text) });
      service.configure({
        schemas: [{ uri: schemaUris.at(-1) ?? id, fileMatch: ['*'], schema: JSON.parse(text) }],
      });
      return { service, document, parsed: service.parseJSONDocument(document) };
    };

    it(`${id}: offers the required keys, and explains each key`, async () => {
      const { service, document, parsed } = open('{  }');
      const list = await service.doComplete(document, { line: 0, character: 2 }, parsed);
      const labels = list?.items.map(({ label }) => label) ?? [];
      const schema = JSON.parse(text);
      for (const key of schema.required) assert.ok(labels.includes(key), `${key} in ${labels}`);
      for (const item of list?.items.filter(({ label }) => label in schema.properties) ?? []) {
        assert.ok(item.documentation, `${item.label} is not explained`);
      }
    });

    it(`${id}: marks a required key that is missing`, async () => {
      const { service, document, parsed } = open('{}');
      const diagnostics = await service.doValidation(document, parsed);
      assert.ok(
        diagnostics.some(({ message }) => /missing property/i.test(String(message))),
        JSON.stringify(diagnostics),
      );
    });
  }
});
