import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { languages as known } from '../conformance/languages.ts';
import { type Attempt, attempts, countByArea, type Language } from './attempts/index.ts';
import type { Outcome } from './program.ts';
import { report } from './report.ts';
import { buildStage, type Stage, users } from './stage.ts';

const languages = known.map(({ id, skip }) => ({ id: id as Language, skip }));
const present = languages.filter(({ skip }) => skip === false).map(({ id }) => id);
const areas = [...countByArea().keys()];
const only = process.env['SECURITY_ONLY'];
const skipAll = process.platform !== 'linux' && 'the sandbox needs Linux';

const made: Outcome[] = [];
let stage: Stage;

const isFor = (language: Language, { languages: able, title }: Attempt): boolean =>
  (able?.includes(language) ?? true) && (only === undefined || new RegExp(only).test(title));

const told = (outcomes: readonly Outcome[]): string =>
  outcomes
    .map(
      ({ language, area, title, result, detail }) => `${language}, ${area}, ${title}: ${result}, ${detail}`,
    )
    .join('\n');

describe('what plugins try', { skip: skipAll }, () => {
  before(async () => {
    stage = await buildStage();
  });
  after(() => {
    stage.dispose();
    const missing = languages.flatMap(({ id, skip }) => (skip === false ? [] : [[id, skip] as const]));
    console.log(report(made, new Map(missing)));
  });

  for (const user of users) {
    describe(`in a host run by ${user}`, () => {
      let outcomes: Outcome[];
      before(async () => {
        outcomes = await stage.run(user, present);
        made.push(...outcomes.filter(({ title }) => title !== 'start'));
      });

      for (const { id, skip } of languages) {
        describe(`in ${id}`, { skip }, () => {
          test('can be tried', () => {
            assert.equal(told(outcomes.filter(one => one.language === id && one.title === 'start')), '');
          });

          for (const area of areas) {
            const titles = attempts
              .filter(one => one.area === area && isFor(id, one))
              .map(({ title }) => title);
            if (titles.length === 0) continue;
            test(`${area} (${titles.length})`, t => {
              const own = outcomes.filter(one => one.language === id && one.area === area);
              for (const { title, result, detail } of own) {
                if (result === 'skipped') t.diagnostic(`${title}: skipped, ${detail}`);
              }
              const wrong = own.filter(({ result }) => result === 'escaped' || result === 'failed');
              assert.equal(told(wrong), '');
              assert.deepEqual(
                own.map(({ title }) => title),
                titles,
              );
            });
          }
        });
      }
    });
  }

  // Were the attempts not really made, or their effects not seen, all of the above would pass, too.
  describe('where no sandbox confines them', () => {
    for (const language of present.filter(id => id === 'node' || id === 'python')) {
      test(`succeeds in ${language}`, async () => {
        const outcomes = await stage.run('an unprivileged user', [language], false);
        assert.equal(told(outcomes.filter(({ result }) => result !== 'escaped')), '');
        const expected = attempts.filter(one => one.control === true && isFor(language, one));
        assert.equal(outcomes.length, expected.length);
      });
    }
  });
});
