import { anyRules } from './any/index.ts';
import { goRules } from './go/index.ts';
import { javascriptRules } from './javascript/index.ts';
import { pythonRules } from './python/index.ts';
import type { Rule } from './rule.ts';
import { rustRules } from './rust/index.ts';

/** Every rule, in the order of the rules page. */
export const rules: readonly Rule[] = [
  ...javascriptRules,
  ...pythonRules,
  ...goRules,
  ...rustRules,
  ...anyRules,
];
