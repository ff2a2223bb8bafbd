import { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { all } from './languages.ts';

/** Characters that turn the order of what is shown around. */
const BIDI = /[\u202A-\u202E\u2066-\u2069]/g;
/** Characters that show nothing: between letters of code, in long runs, or of kinds that text does not need. */
const INVISIBLE =
  /(?<=[\w$])[\u200B-\u200D\u2060-\u2064\uFEFF\u00AD\u180E](?=[\w$])|(?<!')[\u3164\u115F\u1160\uFFA0](?!')|(?:[\uFE00-\uFE0F]|\uDB40[\uDD00-\uDDEF]){4,}|(?:\uDB40[\uDC00-\uDC7F]){3,}|[\u200B\u2060-\u2064]{4,}/g;
/** Words of Latin letters with one that only looks like it: Cyrillic, and Greek capitals and omicron. */
const CYRILLIC =
  '\\u0430\\u0435\\u043E\\u0440\\u0441\\u0443\\u0445\\u0456\\u0458\\u0455\\u04BB\\u0501\\u051B\\u051D\\u0410\\u0412\\u0415\\u041A\\u041C\\u041D\\u041E\\u0420\\u0421\\u0422\\u0425\\u0406\\u0408\\u0405';
const GREEK =
  '\\u03BF\\u0391\\u0392\\u0395\\u0396\\u0397\\u0399\\u039A\\u039C\\u039D\\u039F\\u03A1\\u03A4\\u03A5\\u03A7';
const ALIKE = CYRILLIC + GREEK;
const LOOKALIKE = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?=\\w*[${ALIKE}])(?=[${ALIKE}]*\\w)[\\w${ALIKE}]{3,}(?![\\p{L}\\p{N}_])`,
  'gu',
);
const NOT_ASCII = /[\u0080-\uFFFF]/;

/** A flag of England, Scotland or Wales is made of a black flag and invisible letters. */
function isFlag(text: string, at: number): boolean {
  return text.slice(Math.max(0, at - 2), at) === '\u{1F3F4}';
}

function reportEach(
  pattern: RegExp,
  context: RuleContext,
  message: (found: string) => string,
  isHarmless: (found: string, at: number) => boolean = () => false,
): void {
  const { text } = context;
  const seen = new Set<number>();
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (isFlag(text, index) || isHarmless(found, index)) continue;
    // One report a line is enough.
    const line = text.lastIndexOf('\n', index);
    if (seen.has(line)) continue;
    seen.add(line);
    context.report(new SyntaxNode('text', undefined, index, index + found.length, undefined), {
      message: message(found),
    });
  }
}

export const hiddenCharactersRule: Rule = {
  id: 'PW-ANY-HIDDEN-CHARACTERS',
  title: 'Characters that hide what the code is',
  category: 'obfuscation',
  cwe: 1007,
  severity: 'error',
  confidence: 'high',
  languages: all,
  docs: {
    risk: 'What a reviewer sees is not what runs: the order on the screen is turned around, a name is another one, or text hides between the letters.',
    remedy: 'Take the characters out; where data needs them write them as escapes.',
    bad: "const access = 'user\u202E';",
    good: "const access = 'user\\u202E';",
  },
  watches: [
    {
      on: 'file',
      check: context => {
        if (!NOT_ASCII.test(context.text)) return;
        reportEach(
          BIDI,
          context,
          found => `The character ${codeOf(found)} turns around the order in which this line is shown.`,
        );
        reportEach(INVISIBLE, context, found => `The character ${codeOf(found)} cannot be seen here.`);
        reportEach(
          LOOKALIKE,
          context,
          found => `\`${found}\` has letters that only look Latin.`,
          // A slip of the keyboard in a comment changes nothing.
          (_found, at) => context.module.comments.some(({ start, end }) => start <= at && at < end),
        );
      },
    },
  ],
};

function codeOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
