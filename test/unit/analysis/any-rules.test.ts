import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Engine, SourceLanguage } from '../../../src/analysis/index.ts';
import { anyRules } from '../../../src/analysis/rules/any/index.ts';
import { tokenIn } from '../../../src/analysis/rules/any/token.ts';
import { supportedLanguages } from '../../../src/analysis/supported-languages.ts';
import { engineFromModules, findingsByLine } from './engine-from-modules.ts';

/** Letters and digits without a pattern, from a fixed beginning. */
function noise(
  length: number,
  alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
): string {
  let state = 20_261;
  let text = '';
  for (let i = 0; i < length; i++) {
    state = (state * 48_271) % 2_147_483_647;
    text += alphabet[state % alphabet.length];
  }
  return text;
}
const hex = (length: number): string => noise(length, '0123456789abcdef');
const base32 = (length: number): string => noise(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');

describe('the rules about every language', () => {
  let engine: Engine;
  before(async () => {
    // Alone: languages have rules of their own that may say the same of a place.
    engine = await engineFromModules({ languages: supportedLanguages, rules: anyRules });
  });
  const codesIn = (text: string, language: SourceLanguage = 'javascript'): string[] =>
    [...findingsByLine(engine, 'main', text, language).values()].flat().map(one => one.split(':')[0] ?? '');

  for (const { id, docs, languages } of anyRules) {
    it(`${id} reports what its documentation calls bad, and not what it calls good`, () => {
      // A real-looking token in the documentation would itself be reported by every scanner.
      const [language] = languages;
      assert.ok(codesIn(docs.bad.replace('ghp_…', `ghp_${noise(36)}`), language).includes(id), docs.bad);
      assert.ok(!codesIn(docs.good, language).includes(id), docs.good);
    });
  }

  // Put together here, so that no scanner takes this file for a leak.
  const tokens: readonly (readonly [front: string, rest: string])[] = [
    ['AKIA', base32(16)],
    ['ghp_', noise(36)],
    ['github_pat_', noise(82)],
    ['glpat-', noise(20)],
    ['sk-ant-', noise(90)],
    ['sk-proj-', noise(48)],
    ['AIza', noise(35)],
    ['GOCSPX-', noise(28)],
    ['xoxb-', noise(50)],
    ['sk_live_', noise(24)],
    ['npm_', noise(36)],
    ['pypi-', `AgE${noise(80)}`],
    ['dckr_pat_', noise(27)],
    ['hf_', noise(34, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')],
    ['SG.', `${noise(22)}.${noise(43)}`],
    ['key-', hex(32)],
    ['SK', hex(32)],
    ['shpat_', hex(32)],
    ['dop_v1_', hex(64)],
    ['dapi', hex(32)],
    ['hvs.', noise(90)],
    ['glsa_', `${noise(32)}_${hex(8)}`],
    ['lin_api_', noise(40)],
    ['figd_', noise(40)],
    ['PMAK-', `${hex(24)}-${hex(34)}`],
    ['sbp_', hex(40)],
    ['AGE-SECRET-KEY-', `1${noise(58, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')}`],
    ['AccountKey=', `${noise(86)}==`],
    ['eyJ', `${noise(30)}.eyJ${noise(60)}.${noise(43)}`],
    ['-----BEGIN RSA ', `PRIVATE KEY-----\n${noise(64)}\n`],
    ['123456789:AA', noise(33)],
  ];
  for (const [front, rest] of tokens) {
    it(`knows tokens that begin with ${front}`, () => {
      assert.ok(tokenIn(`Authorization: ${front}${rest}`), front + rest);
      assert.equal(tokenIn(`${front}${'x'.repeat(rest.length)}`), undefined, 'a gap to fill');
      assert.equal(tokenIn(front), undefined, 'the front alone');
    });
  }

  it('looks into comments, and in every language', () => {
    const token = `ghp_${noise(36)}`;
    assert.deepEqual(codesIn(`# old: ${token}\n`, 'python'), ['PW-ANY-TOKEN']);
    assert.deepEqual(codesIn(`package a\n\nvar t = "${token}"\n`, 'go'), ['PW-ANY-TOKEN']);
    assert.deepEqual(codesIn(`const T: &str = "${token}";`, 'rust'), ['PW-ANY-TOKEN']);
    assert.deepEqual(codesIn(`const token: string = '${token}';`, 'typescript'), ['PW-ANY-TOKEN']);
  });

  it('sees what cannot be seen', () => {
    const hidden: readonly string[] = [
      'if (user !== "admin\u202E \u2066// check\u2069 \u2066") {}',
      'const is\u200BAdmin = true;',
      'const \u3164 = true;',
      'const p\u0430ssword = read();',
      `const gap = '${'\uFE01'.repeat(12)}';`,
      `const tags = 'a${String.fromCodePoint(0xe0041, 0xe0042, 0xe0043)}';`,
    ];
    for (const text of hidden)
      assert.deepEqual(codesIn(text), ['PW-ANY-HIDDEN-CHARACTERS'], JSON.stringify(text));
    const honest: readonly string[] = [
      "const greeting = '\u041F\u0440\u0438\u0432\u0435\u0442, \u043C\u0438\u0440';",
      "const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}';",
      "const arabic = '\u0645\u0631\u062D\u0628\u0627';",
      "const scotland = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}';",
      "const heart = '\u2764\uFE0F';",
      'const \u03BCs = 1e-6, \u0394t = 2;',
      "const persian = '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645';",
      "const escaped = '\\u202E';",
      '\uFEFFconst a = 1;',
    ];
    for (const text of honest) assert.deepEqual(codesIn(text), [], JSON.stringify(text));
  });
});
