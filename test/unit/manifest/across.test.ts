import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readManifest } from '../../../src/manifest/index.ts';
import { codesOf, fixed, textsOf } from './reading.ts';

const readWith = (manifest: object, texts: Record<string, string>) =>
  readManifest({
    text: JSON.stringify(manifest, undefined, 2),
    file: '/p/plugin.json',
    files: textsOf({ 'index.js': '', 'main.py': '', ...texts }),
  });
const hub = (fields: object, texts: Record<string, string>) =>
  readWith(
    { name: 'My Plugin', version: '1.0.0', type: 'tool', build: { entry: 'index.js' }, ...fields },
    texts,
  );
const mesh = (packages: object, texts: Record<string, string>) =>
  readWith(
    { id: 'mine', version: '1.0.0', runtime: 'python', entrypoint: 'main.py', dependencies: { packages } },
    texts,
  );
const packageJson = (value: object) => ({ 'package.json': JSON.stringify(value, undefined, 2) });

describe('package.json', () => {
  test('another version, name or Node.js', () => {
    const reading = hub(
      { dependencies: { runtime: { node: '>=22.0.0' } } },
      packageJson({ name: 'other', version: '1.2.0', engines: { node: '^18.0.0' } }),
    );
    assert.deepEqual(codesOf(reading).sort(), ['NAME-DIFFERS', 'RUNTIME-DIFFERS', 'VERSION-DIFFERS']);
    const version = reading.findings.find(finding => finding.code.endsWith('VERSION-DIFFERS'));
    assert.equal(version?.related?.[0]?.file, '/p/package.json');
    assert.equal(version?.related?.[0]?.range.start.line, 2);
  });

  test('the same in other words', () => {
    const fine = { name: '@me/my_plugin', version: '1.0.0', engines: { node: '>=20' } };
    assert.deepEqual(
      codesOf(hub({ dependencies: { runtime: { node: '>=22.0.0' } } }, packageJson(fine))),
      [],
    );
    assert.deepEqual(codesOf(hub({}, { 'package.json': 'not json' })), []);
  });

  test('scripts that npm runs on install', () => {
    const reading = hub({}, packageJson({ scripts: { postinstall: 'node x.js', prepare: 'husky' } }));
    assert.deepEqual(codesOf(reading), ['SCRIPT-INSTALL']);
  });

  test('packages, both ways', () => {
    const reading = mesh(
      { npm: ['left-pad'] },
      packageJson({ dependencies: { right: '1' }, devDependencies: { dev: '1' } }),
    );
    assert.deepEqual(codesOf(reading), ['PACKAGE-UNDECLARED', 'PACKAGE-MISSING']);
    assert.match(fixed(reading, 'PACKAGE-UNDECLARED'), /\["left-pad", "right"\]|"left-pad",\s+"right"/u);
  });
});

describe('the files of other languages', () => {
  test('requirements.txt, in any spelling of a name', () => {
    const requirements = '# first\nNumPy>=1.0\n-r other.txt\nscikit_learn[x]==1 # why\npandas\n';
    assert.deepEqual(
      codesOf(mesh({ python: ['numpy', 'scikit-learn', 'pandas'] }, { 'requirements.txt': requirements })),
      [],
    );
    assert.deepEqual(codesOf(mesh({ python: ['numpy', 'torch'] }, { 'requirements.txt': 'numpy\n' })), [
      'PACKAGE-MISSING',
    ]);
    assert.deepEqual(codesOf(mesh({ python: ['numpy'] }, {})), [], 'no file, nothing to compare');
  });

  test('pyproject.toml', () => {
    const text = '[tool.x]\nversion = "9"\n[project]\nname = "mine"\nversion = "1.1.0"\n';
    const reading = mesh({}, { 'pyproject.toml': text });
    assert.deepEqual(codesOf(reading), ['VERSION-DIFFERS']);
    assert.equal(reading.findings[0]?.related?.[0]?.range.start.line, 4);
  });

  test('go.mod', () => {
    const text =
      'module example.com/mine\n\nrequire (\n\tgithub.com/a/b v1.0.0\n\tgithub.com/c/d v1.0.0 // indirect\n)\nrequire github.com/e/f v2.0.0\n';
    assert.deepEqual(codesOf(mesh({ go: ['github.com/a/b', 'github.com/e/f'] }, { 'go.mod': text })), []);
    assert.deepEqual(codesOf(mesh({ go: ['github.com/a/b'] }, { 'go.mod': text })), ['PACKAGE-UNDECLARED']);
  });

  test('Cargo.toml', () => {
    const text =
      '[package]\nname = "mine"\nversion = "2.0.0"\n[dependencies]\nserde = { version = "1" }\n[dependencies.tokio]\nversion = "1"\n[dev-dependencies]\ndev = "1"\n';
    const reading = mesh({ cargo: ['serde', 'rand'] }, { 'Cargo.toml': text });
    assert.deepEqual(codesOf(reading).sort(), ['PACKAGE-MISSING', 'PACKAGE-UNDECLARED', 'VERSION-DIFFERS']);
  });

  test('lines made to be slow are not', () => {
    const spaces = ' '.repeat(250_000);
    const texts = {
      'Cargo.toml': `[${spaces}`,
      'go.mod': `require ${spaces}`,
      'requirements.txt': `a${spaces}`,
    };
    assert.deepEqual(codesOf(mesh({}, texts)), []);
  });
});

describe('the configuration of an AI Hub plugin', () => {
  const schema = JSON.stringify({
    type: 'object',
    required: ['port', 'mode'],
    additionalProperties: false,
    properties: {
      port: { type: 'integer', minimum: 1, maximum: 65_535 },
      mode: { $ref: '#/definitions/mode' },
      tags: { type: 'array', items: { type: 'string', maxLength: 3 } },
    },
    definitions: { mode: { enum: ['fast', 'safe'] } },
  });
  const config = (name: string, text: string, rules = schema) =>
    hub(
      { resources: { config: './config/schema.json' } },
      { 'config/schema.json': rules, [`config/${name}`]: text },
    );

  test('its defaults fit its schema', () => {
    assert.deepEqual(codesOf(config('default.yaml', 'port: 80\nmode: fast\ntags: [abc]\n')), []);
    assert.deepEqual(codesOf(config('default.json', '{"port": 80, "mode": "safe"}')), []);
  });

  test('what does not is told with its place', () => {
    const reading = config('default.yaml', 'port: 0\nmode: slow\ntags: [abcd]\nother: 1\n');
    assert.deepEqual(
      reading.findings.map(({ message, related }) => [message, related?.[0]?.range.start.line]),
      [
        ['`config/default.yaml`: `port` must be at least 1.', 0],
        ['`config/default.yaml`: `mode` must be one of "fast", "safe".', 1],
        ['`config/default.yaml`: `tags.0` must be at most 3 characters.', 2],
        ['`config/default.yaml`: `other` is unknown.', 3],
      ],
    );
    assert.equal(reading.findings[0]?.related?.[0]?.file, '/p/config/default.yaml');
    assert.match(codesOf(config('default.yaml', 'port: [')).join(' '), /^CONFIG(?: CONFIG)*$/u);
  });

  test('a schema that is none', () => {
    for (const rules of ['[]', '{', ''])
      assert.deepEqual(codesOf(config('default.json', '{}', rules)), ['CONFIG-SCHEMA'], rules);
  });

  test('a schema that refers to itself, or was made to be slow, ends', () => {
    const self = '{"properties": {"a": {"$ref": "#"}}, "allOf": [{"$ref": "#"}, {"$ref": "#"}]}';
    assert.ok(Array.isArray(codesOf(config('default.json', '{"a": {"a": {}}}', self))));
    const slow = '{"properties": {"a": {"pattern": "^(a+)+$"}}}';
    assert.deepEqual(codesOf(config('default.json', `{"a": "${'a'.repeat(5000)}!"}`, slow)), []);
  });
});
