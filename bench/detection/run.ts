/**
 * How well dangerous lines are told from clean ones: `npm run bench:detection`. The files under test/fixtures say of their
 * lines what must be reported; those under `analysis-held-out` were kept aside while the rules were written. Other
 * scanners look at the same files in the same run. Of them any report on a dangerous line counts as a hit, as of us.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAnalyzer, languageOf, rules, type SourceLanguage } from '../../src/analysis/index.ts';
import { messageOf } from '../../src/base/index.ts';
import { marksIn } from '../../test/unit/analysis/expectations.ts';
import { peers } from './peers.ts';
import { emptyScore, renderScore, type Score } from './score.ts';

const root = join(import.meta.dirname, '../..');
const sets = { 'while writing': 'test/fixtures/analysis', 'kept aside': 'test/fixtures/analysis-held-out' };
const categoryOf = new Map(rules.map(({ id, category }) => [id, category]));

interface Fixture {
  readonly set: string;
  readonly file: string;
  readonly language: SourceLanguage;
  readonly marks: ReadonlyMap<number, readonly string[]>;
}

function fixturesOf(set: string, folder: string): Fixture[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .flatMap(file => {
      const language = languageOf(file);
      return language === undefined
        ? []
        : [{ set, file, language, marks: marksIn(readFileSync(file, 'utf8')) }];
    });
}

/** JavaScript and its relatives are one language here. */
const familyOf = (language: SourceLanguage): string =>
  language === 'typescript' || language === 'tsx' ? 'javascript' : language;

/** A mark may name a rule, or a category. */
function categoryOfMark([first = '']: readonly string[]): string {
  const [code = ''] = first.split(':');
  return categoryOf.get(code) ?? code;
}

function tally(
  scores: Map<string, Score>,
  who: string,
  { set, language, marks }: Fixture,
  reported: ReadonlySet<number>,
): void {
  const add = (category: string, change: (score: Score) => void): void => {
    const key = [set, familyOf(language), category, who].join('\t');
    const score = scores.get(key) ?? emptyScore();
    scores.set(key, score);
    change(score);
  };
  const categories = new Set([...marks.values()].filter(codes => codes.length > 0).map(categoryOfMark));
  const [only] = categories;
  for (const [line, codes] of marks) {
    const isHit = reported.has(line);
    // A clean twin stands beside what it is a twin of; in a file about several things it counts for the whole alone.
    const category =
      codes.length > 0 ? categoryOfMark(codes) : categories.size === 1 ? (only ?? '') : undefined;
    for (const name of category === undefined ? ['all'] : ['all', category]) {
      add(name, score => {
        if (codes.length > 0) score[isHit ? 'found' : 'missed']++;
        else score[isHit ? 'cried' : 'silent']++;
      });
    }
  }
}

const fixtures = Object.entries(sets).flatMap(([set, folder]) => fixturesOf(set, folder));
const scores = new Map<string, Score>();

const analyzer = await createAnalyzer({
  loadWasm: name => {
    const folder = name.startsWith('web-') ? 'web-tree-sitter' : '@vscode/tree-sitter-wasm/wasm';
    return readFile(join(root, 'node_modules', folder, name));
  },
});
for (const fixture of fixtures) {
  const found = analyzer.analyze({ file: fixture.file, text: readFileSync(fixture.file, 'utf8') });
  const counted = found.filter(({ severity }) => severity === 'error' || severity === 'warning');
  tally(scores, 'workbench', fixture, new Set(counted.map(({ range }) => range.start.line)));
}
for (const peer of peers) {
  const theirs = fixtures.filter(({ language }) => peer.languages.includes(language));
  try {
    await peer.ensure();
    const found = await peer.scan(theirs.map(({ file }) => file));
    for (const fixture of theirs) tally(scores, peer.name, fixture, found.get(fixture.file) ?? new Set());
  } catch (error) {
    process.stdout.write(`${peer.name} could not be tried: ${messageOf(error).split('\n')[0]}\n`);
  }
}
process.stdout.write(
  'semgrep is not compared with: its package brings no rules, and they are only to be had online.\n\n',
);

process.stdout.write(
  '| set | language | category | scanner | dangerous | clean | precision | recall | F1 |\n',
);
process.stdout.write('|---|---|---|---|---|---|---|---|---|\n');
for (const [key, score] of [...scores].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const [set = '', language = '', category = '', who = ''] = key.split('\t');
  process.stdout.write(`${renderScore(set, language, category, who, score)}\n`);
}
