import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readManifest } from '../../../src/manifest/index.ts';
import { planScaffold, scaffoldLanguages } from '../../../src/scaffold/index.ts';
import { templates } from './template-source.ts';

const profiles = ['aihub', 'guide', 'logomesh', 'forgeai'] as const;

for (const profile of profiles) {
  for (const language of scaffoldLanguages) {
    test(`a new ${profile} plugin in ${language} has a manifest without findings`, async () => {
      for (const name of ['my-plugin', '123', 'true', 'a1-2b']) {
        if (language === 'rust' && (name === '123' || name === 'true')) continue;
        const plan = await planScaffold({ name, profile, language }, templates);
        const file = profile === 'forgeai' ? 'plugin.yaml' : 'plugin.json';
        const files = {
          kindOf: (path: string) => (plan.has(path) ? ('file' as const) : undefined),
          textOf: (path: string) => plan.get(path),
        };
        const reading = readManifest({ text: plan.get(file) ?? '', file: `/new/${file}`, files });
        assert.deepEqual(reading.findings, []);
        assert.equal(reading.profile?.id, profile);
        assert.equal(reading.manifest?.id, name);
        const isNode = language === 'javascript' || language === 'typescript';
        assert.equal(reading.manifest?.runtime, isNode ? 'node' : language);
        assert.ok(plan.has(reading.manifest?.entry ?? ''));
        for (const json of [...plan].filter(([path]) => path.endsWith('.json')))
          assert.doesNotThrow(() => JSON.parse(json[1]), json[0]);
        assert.ok([...plan.values()].every(text => !/\{\{\w+\}\}/u.test(text) && text.endsWith('\n')));
        assert.equal(
          plan.get('README.md')?.includes('22.18'),
          language === 'typescript',
          'TypeScript says which Node it needs',
        );
      }
    });
  }
}

test('hostile and unusable names are refused', async () => {
  const names = [
    '',
    '.',
    '..',
    '../up',
    'a/b',
    'a\\b',
    'A',
    'ä',
    'a b',
    '-a',
    'a-',
    'a--b',
    'a"b',
    'a\n',
    '__proto__',
    'con',
    'nul',
    'com1',
    '$(x)',
    'a'.repeat(65),
  ];
  for (const name of names) {
    await assert.rejects(
      planScaffold({ name, profile: 'aihub', language: 'javascript' }, templates),
      { code: 'PW-SCAFFOLD-NAME' },
      name,
    );
  }
});

test('a language that is not known is refused, with those that are', async () => {
  for (const language of ['cobol', 'Python', 'toString']) {
    await assert.rejects(
      planScaffold({ name: 'a', profile: 'logomesh', language }, templates),
      (error: Error & { code: string; nextStep: string }) => {
        assert.equal(error.code, 'PW-SCAFFOLD-LANGUAGE');
        assert.match(error.nextStep, /javascript, typescript, python/u);
        return true;
      },
    );
  }
  const profile = 'other' as 'aihub';
  await assert.rejects(planScaffold({ name: 'a', profile, language: 'javascript' }, templates), {
    code: 'PW-SCAFFOLD-PROFILE',
  });
});

test('a name that Cargo refuses is no name for a plugin in Rust', async () => {
  for (const name of ['123', '1st', 'true', 'build', 'plugin-workbench']) {
    const request = { name, profile: 'guide', language: 'rust' } as const;
    await assert.rejects(planScaffold(request, templates), { code: 'PW-SCAFFOLD-NAME' });
    await planScaffold({ ...request, language: 'go' }, templates);
  }
  await planScaffold({ name: 'builder', profile: 'guide', language: 'rust' }, templates);
});
