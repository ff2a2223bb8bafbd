import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { coversFiles, coversHosts, coversNames } from '../../../../src/analysis/permissions/patterns.ts';
import {
  filePattern,
  hostPattern,
  programOfLine,
  urlTarget,
} from '../../../../src/analysis/permissions/resource.ts';
import { readPattern, splitPath } from '../../../../src/host/services/files/pattern.ts';

describe('what a file pattern holds of another', () => {
  const cases: readonly (readonly [string, string, 'all' | 'part' | 'none'])[] = [
    ['./data/**', './data/a.json', 'all'],
    ['data/**', './data/deep/a.json', 'all'],
    ['./data/**', './data/*', 'all'],
    ['./data/**', './data', 'all'],
    ['./data/**', './other/a.json', 'none'],
    ['./data/*.json', './data/a.json', 'all'],
    ['./data/*.json', './data/a.txt', 'none'],
    ['./data/*.json', './data/*', 'part'],
    ['./data/*.json', './data/*.json', 'all'],
    ['./data/*.json', './data/*.txt', 'none'],
    ['./data/*', './data/deep/a.json', 'none'],
    ['./{data,logs}/**', './logs/a.log', 'all'],
    ['./**/*.log', './a/b/c.log', 'all'],
    ['./data/../data/a', './data/a', 'all'],
    ['./a', './b', 'none'],
    ['./data/**', '../data/a', 'none'],
    ['/srv/**', '/srv/a', 'all'],
    ['~/notes/**', '~/notes/a.md', 'all'],
    ['./data/**', '*', 'part'],
    ['*', '/etc/passwd', 'all'],
    ['./data/[ab].txt', './data/a.txt', 'part'],
    ['./**', './data/**', 'all'],
    ['./data/**', './**', 'part'],
  ];
  for (const [wide, narrow, expected] of cases) {
    test(`${wide} holds of ${narrow}: ${expected}`, () => assert.equal(coversFiles(wide, narrow), expected));
  }
});

describe('what a host pattern holds of another', () => {
  const cases: readonly (readonly [string, string, 'all' | 'part' | 'none'])[] = [
    ['api.example.com', 'API.example.com', 'all'],
    ['*.example.com', 'api.example.com', 'all'],
    ['*.example.com', 'a.b.example.com', 'all'],
    ['*.example.com', 'example.com', 'none'],
    ['*.example.com', 'badexample.com', 'none'],
    ['api.example.com', '*.example.com', 'part'],
    ['api.example.com', 'api.example.com:8443', 'none'],
    ['api.example.com:443', 'api.example.com', 'all'],
    ['*', 'anything.org', 'all'],
    ['*', 'localhost', 'none'],
    ['localhost:11434', 'localhost:11434', 'all'],
    ['api.example.com', '*', 'part'],
  ];
  for (const [wide, narrow, expected] of cases) {
    test(`${wide} holds of ${narrow}: ${expected}`, () => assert.equal(coversHosts(wide, narrow), expected));
  }
});

test('names', () => {
  assert.equal(coversNames('*', 'x'), 'all');
  assert.equal(coversNames('gpt-*', 'gpt-4'), 'all');
  assert.equal(coversNames('gpt-4', 'gpt-*'), 'part');
  assert.equal(coversNames('gpt-4', '*'), 'part');
  assert.equal(coversNames('a', 'b'), 'none');
});

test('a pattern holds a path exactly when the host says so', () => {
  const part = fc.constantFrom(
    'data',
    'logs',
    'a',
    'a.json',
    '*',
    '*.json',
    '**',
    'a*',
    '?',
    '.',
    '{a,logs}',
  );
  const grants = fc.tuple(
    fc.constantFrom('./', '', '/', '~/'),
    fc.array(part, { minLength: 1, maxLength: 4 }),
  );
  const name = fc.constantFrom('data', 'logs', 'a', 'a.json', 'b.json', 'ab', 'x');
  const paths = fc.tuple(fc.constantFrom('./', '/', '~/'), fc.array(name, { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(grants, paths, ([front, parts], [start, names]) => {
      // Which absolute paths lie in the plugin's folder is not known without it.
      fc.pre((front || './') === start && `${front}${parts.join('/')}` !== '*');
      const grant = front + parts.join('/');
      const path = start + names.join('/');
      const places = { './': '/plugin/', '/': '/', '~/': '/home/' } as const;
      const absolute = `${places[start]}${names.join('/')}`;
      const pattern = readPattern(grant, { pluginDir: '/plugin', homeDir: '/home' });
      assert.equal(
        coversFiles(grant, path) === 'all',
        pattern.names(splitPath(absolute)),
        `${grant} ${path}`,
      );
    }),
    { numRuns: 2000 },
  );
});

test('hostile patterns are compared in no time', () => {
  const wide = `./${'**/'.repeat(12)}x`;
  const narrow = `./${'a/'.repeat(40)}y`;
  assert.equal(coversFiles(wide, narrow), 'none');
  assert.equal(coversFiles('{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', './aaaaaaaa'), 'none');
});

describe('one spelling', () => {
  test('paths', () => {
    for (const [text, expected] of [
      ['plugin:/src/../data/a.json', './data/a.json'],
      ['data//a.json', './data/a.json'],
      ['./out/*.json', './out/*.json'],
      ['/etc/passwd', '/etc/passwd'],
      ['/a/../../etc', '/etc'],
      ['../up', '../up'],
      ['~/x', '~/x'],
      ['*/a', '*'],
      ['file:///etc/hosts', '/etc/hosts'],
      ['C:\\x', 'C:/x'],
      ['plugin:/', './'],
    ] as const)
      assert.equal(filePattern(text), expected, text);
  });

  test('addresses', () => {
    for (const [text, resource, protocol] of [
      ['https://api.example.com/v1/*', 'api.example.com', 'https'],
      ['https://user:pw@api.example.com:8443/', 'api.example.com:8443', 'https'],
      ['https://api.example.com:443/', 'api.example.com', 'https'],
      ['http://*.example.com/x', '*.example.com', 'http'],
      ['https://api-*.eu.example.com', '*.eu.example.com', 'https'],
      ['https://*/x', '*', 'https'],
      ['https://*.com', '*', 'https'],
      ['postgres://u@db.local:5432/x', 'db.local:5432', 'postgres'],
      ['*', '*', undefined],
    ] as const)
      assert.deepEqual(urlTarget(text), { resource, protocol }, text);
    for (const text of ['data:text/plain,x', '/relative', 'file:///x', 'blob:x'])
      assert.equal(urlTarget(text), undefined, text);
    assert.equal(hostPattern('Example.com.', '8080'), 'example.com:8080');
  });

  test('programs', () => {
    assert.equal(programOfLine('FOO=1 /usr/bin/git status | wc'), 'git');
    assert.equal(programOfLine('"my tool" x'), 'my tool');
    assert.equal(programOfLine('* x'), '*');
  });
});
