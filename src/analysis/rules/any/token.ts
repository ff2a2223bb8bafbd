import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { all } from './languages.ts';
import { entropyOf } from './placeholders.ts';
import { tokenFormats } from './token-formats.ts';

const HINTS = new RegExp(
  [...new Set(tokenFormats.flatMap(({ hints }) => hints))]
    .map(hint => hint.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|'),
);

/** The vendors' own documentation, and gaps to be filled. */
const MADE_UP = /EXAMPLE|example|x{8,}|X{8,}|0{12,}|1234567890123|abcdefghijkl|your[-_]|\.\.\.|…/;

/** What kind of token stands in a text, such as "a GitHub token"; `undefined` when none is recognised. */
export function tokenIn(text: string): string | undefined {
  if (text.length < 20 || !HINTS.test(text)) return undefined;
  for (const { name, hints, pattern } of tokenFormats) {
    if (!hints.some(hint => text.includes(hint))) continue;
    const found = pattern.exec(text)?.[0];
    if (found === undefined || MADE_UP.test(found) || entropyOf(found.slice(-24)) < 2.8) continue;
    return name;
  }
  return undefined;
}

function look(at: SyntaxNode, text: string, context: RuleContext): void {
  const name = tokenIn(text);
  if (name !== undefined) context.report(at, { message: `This looks like ${name}.` });
}

export const tokenRule: Rule = {
  id: 'PW-ANY-TOKEN',
  title: 'A key or token of a known service is written into the source',
  category: 'secrets',
  cwe: 798,
  severity: 'error',
  confidence: 'high',
  languages: all,
  docs: {
    risk: 'Everyone who can read the plugin can use the key, and it stays in the history of the repository after it is taken out.',
    remedy: 'Revoke it, then read its successor from the plugin’s configuration when it runs.',
    bad: "const client = connect({ auth: 'ghp_…' });",
    good: 'const client = connect({ auth: context.config.auth });',
  },
  watches: [
    { on: 'text', check: ({ node, value }, context) => look(node, value, context) },
    {
      on: 'file',
      check: context => {
        for (const comment of context.module.comments) look(comment, context.textOf(comment), context);
      },
    },
  ],
};
