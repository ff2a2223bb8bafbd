import type { Rule } from '../rule.ts';
import { encodedTextRule } from './encoded-text.ts';
import { hiddenCharactersRule } from './hidden-characters.ts';
import { hiddenCodeRule } from './hidden-code.ts';
import { insecureUrlRule } from './insecure-url.ts';
import { minifiedRule } from './minified.ts';
import { passwordRule } from './password.ts';
import { tokenRule } from './token.ts';
import { urlPasswordRule } from './url-password.ts';

/** Rules about every language, in the order of the rules page. */
export const anyRules: readonly Rule[] = [
  tokenRule,
  passwordRule,
  urlPasswordRule,
  hiddenCharactersRule,
  hiddenCodeRule,
  encodedTextRule,
  minifiedRule,
  insecureUrlRule,
];
