import { SyntaxNode } from '../../syntax/node.ts';
import type { Rule } from '../rule.ts';
import { all } from './languages.ts';

/** Longer than any line a person writes, text and data aside. */
const LONG_LINE = 2_000;

export const minifiedRule: Rule = {
  id: 'PW-ANY-MINIFIED',
  title: 'Code that was squeezed into one line',
  category: 'obfuscation',
  cwe: 1076,
  severity: 'info',
  confidence: 'medium',
  languages: all,
  docs: {
    risk: 'Nobody can review a line of thousands of statements.',
    remedy: 'Ship the source, or keep what is built out of the source folder.',
    bad: `var a=0;${'a=a+1;if(a>3){a=0}'.repeat(120)}`,
    good: 'let a = 0;\nfor (const step of steps) a += step;',
  },
  watches: [
    {
      on: 'file',
      check: context => {
        const { text } = context;
        if (text.length < LONG_LINE) return;
        let start = 0;
        for (let line = 0; line < 50 && start < text.length; line++) {
          const end = text.indexOf('\n', start);
          const stop = end < 0 ? text.length : end;
          if (stop - start >= LONG_LINE && isCode(text.slice(start, Math.min(stop, start + 20_000)))) {
            context.report(new SyntaxNode('text', undefined, start, start + 1, undefined), {
              message: `This line has ${stop - start} characters: nobody can review it.`,
            });
            return;
          }
          start = stop + 1;
        }
      },
    },
  ],
};

/** Many statements, and few blanks between them; long text and tables of data have neither. */
function isCode(line: string): boolean {
  const marks = line.match(/[;{}]/g)?.length ?? 0;
  const blanks = line.match(/ /g)?.length ?? 0;
  const words = line.match(/[\w$]+/g)?.length ?? 0;
  return (
    marks > line.length / 60 && words > line.length / 40 && blanks < line.length / 6 && /[=(]/.test(line)
  );
}
