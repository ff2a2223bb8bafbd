import { attempts, type Language } from './attempts/index.ts';
import type { Outcome } from './program.ts';

/** Counts what came of all attempts, by language and by area. */
export function report(outcomes: readonly Outcome[], missing: ReadonlyMap<Language, string>): string {
  const counts = (some: readonly Outcome[]): string => {
    const of = (result: Outcome['result']): number => some.filter(one => one.result === result).length;
    const failed = of('failed') > 0 ? `, ${of('failed')} could not be made` : '';
    const skipped = of('skipped') > 0 ? `, ${of('skipped')} skipped` : '';
    return `${some.length - of('skipped')} attempts, ${of('refused')} refused, ${of('escaped')} escaped${failed}${skipped}`;
  };
  const by = (name: 'language' | 'area'): string[] =>
    [...new Set(outcomes.map(one => one[name]))].map(
      value => `  ${value.padEnd(24)} ${counts(outcomes.filter(one => one[name] === value))}`,
    );
  return [
    `${attempts.length} distinct attempts. Made by plugins of all languages, as all users: ${counts(outcomes)}`,
    ...by('language'),
    ...[...missing].map(([language, why]) => `  ${language.padEnd(24)} skipped: ${why}`),
    ...by('area'),
  ].join('\n');
}
