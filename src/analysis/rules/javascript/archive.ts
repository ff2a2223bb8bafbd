import type { Rule } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const archiveRule: Rule = sinkRule({
  id: 'PW-JS-ARCHIVE',
  title: 'An archive is unpacked to wherever its entries say',
  category: 'path-traversal',
  cwe: 22,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'An entry called `../../.bashrc` is written outside the folder that the archive is unpacked to.',
    remedy: 'Resolve each entry’s path and skip what is not below the target; don’t keep absolute paths.',
    bad: "require('tar').x({ file, cwd: target, preservePaths: true });",
    good: "require('tar').x({ file, cwd: target });",
  },
  does: 'Paths that leave the folder are kept when this archive is unpacked',
  sinks: [
    {
      call: ['tar.x', 'tar.extract', 'tar.Unpack', 'tar.Extract'],
      from: 'always',
      when: event => 'option' in event && event.option('preservePaths')?.constants?.[0] === true,
    },
  ],
});
