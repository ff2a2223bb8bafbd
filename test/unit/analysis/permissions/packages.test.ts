import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  createPackageKnowledge,
  packageNeeds,
  readPackageFile,
  readPackages,
} from '../../../../src/analysis/packages/index.ts';
import { linesOf } from './infer-from-text.ts';

const names = (file: string, text: string): string[] =>
  readPackages(`/p/${file}`, text).map(({ name }) => name);

describe('the packages a plugin lists', () => {
  test('package.json, with its places', () => {
    const text =
      '{\n  "dependencies": {"axios": "^1", "own": "file:../own", "plugin-workbench": "*"},\n  "devDependencies": {"eslint": "9"},\n  "optionalDependencies": {"sharp": "1"}\n}';
    assert.deepEqual(names('package.json', text), ['axios', 'sharp']);
    const [axios] = readPackages('/p/package.json', text);
    assert.deepEqual(axios?.range, { start: { line: 1, character: 20 }, end: { line: 1, character: 25 } });
    assert.deepEqual(names('package.json', '{"dependencies": ['), []);
    assert.deepEqual(names('package.json', '{"dependencies": [1]}'), []);
  });

  test('Python', () => {
    assert.deepEqual(
      names('requirements.txt', '# c\nrequests>=2\nhttpx[http2]==1 # x\n-r other.txt\ngit+https://x\n'),
      ['requests', 'httpx'],
    );
    const toml =
      '[project]\nname = "x"\ndependencies = [\n  "requests>=2",\n  "httpx[http2]",\n]\noptional = ["no"]\n[tool.poetry.dependencies]\npython = "^3"\nnumpy = "1"\n';
    assert.deepEqual(names('pyproject.toml', toml), ['requests', 'httpx', 'numpy']);
  });

  test('Go and Rust', () => {
    assert.deepEqual(
      names(
        'go.mod',
        'module x\nrequire github.com/a/b v1.0.0\nrequire (\n\tgithub.com/c/d v2.0.0\n\tgithub.com/e/f v1 // indirect\n\tplugin-workbench.dev/sdk v0.0.0\n)\n',
      ),
      ['github.com/a/b', 'github.com/c/d'],
    );
    assert.deepEqual(
      names(
        'Cargo.toml',
        '[package]\nname = "x"\n[dependencies]\nreqwest = "0.12"\nmine = { path = "../mine" }\nplugin-workbench = "*"\n[dev-dependencies]\ncriterion = "1"\n[dependencies.serde]\nversion = "1"\n',
      ),
      ['reqwest', 'serde'],
    );
  });
});

describe('what packages are known to need', () => {
  const knowledge = createPackageKnowledge();

  test('many of each language are described', () => {
    for (const [ecosystem, name] of [
      ['npm', 'axios'],
      ['python', 'Requests'],
      ['python', 'python.dotenv'],
      ['go', 'github.com/go-resty/resty/v3'],
      ['cargo', 'reqwest'],
    ] as const)
      assert.ok((knowledge.needsOf(ecosystem, name)?.length ?? 0) > 0, name);
    assert.deepEqual(knowledge.needsOf('npm', 'lodash'), [], 'some need nothing');
    assert.equal(knowledge.needsOf('npm', 'nobody-knows-this'), undefined);
    assert.equal(knowledge.needsOf('npm', 'constructor'), undefined);
  });

  test('each is a need with the package as its evidence; the others are told', () => {
    const used = readPackages(
      '/p/package.json',
      '{"dependencies": {"axios": "1", "lodash": "4", "nobody-knows-this": "1"}}',
    );
    const { needs, unknown } = packageNeeds(used, knowledge);
    assert.deepEqual(linesOf(needs), ['network connect *']);
    assert.deepEqual(needs[0]?.evidence[0]?.confidence, 'low');
    assert.deepEqual(
      unknown.map(({ name }) => name),
      ['nobody-knows-this'],
    );
  });

  test('a file of one’s own adds to them, and takes their place', () => {
    const own = createPackageKnowledge([
      readPackageFile('{"npm": {"mine": ["network/connect:api.example.com"], "axios": []}}'),
    ]);
    assert.deepEqual(own.needsOf('npm', 'mine'), [
      { scope: 'network', action: 'connect', resource: 'api.example.com' },
    ]);
    assert.deepEqual(own.needsOf('npm', 'axios'), []);
    assert.ok((own.needsOf('cargo', 'reqwest')?.length ?? 0) > 0);
    assert.throws(() => readPackageFile('{"npm": {"x": ["nonsense"]}}'), /npm\.x\.0/u);
    assert.throws(() => readPackageFile('no json'));
  });
});
