import type { Rule } from '../rule.ts';
import { rust } from './languages.ts';
import { DANGEROUS } from './unsafe-names.ts';

export const unsafeBlockRule: Rule = {
  id: 'PW-RS-UNSAFE',
  title: 'Code past the checks of the compiler',
  category: 'unsafe-memory',
  cwe: 119,
  severity: 'warning',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'Inside `unsafe` the compiler no longer keeps memory safe: one mistake lets others read and change the memory of the plugin.',
    remedy: 'Use a safe interface; where there is none, keep the block small and write down why it is sound.',
    bad: `fn first(data: *const u8) -> u8 {
    unsafe { *data }
}`,
    good: `fn first(data: &[u8]) -> Option<u8> {
    data.first().copied()
}`,
  },
  watches: [
    {
      on: 'node',
      of: ['unsafe_block'],
      check: (node, context) => {
        // What is worse on the same line has a report of its own.
        const end = context.text.indexOf('\n', node.start);
        const line = context.text.slice(node.start, end < 0 ? undefined : Math.min(end, node.end));
        if (DANGEROUS.test(line)) return;
        context.report(node, { message: 'The compiler does not keep memory safe in this block.' });
      },
    },
    {
      on: 'node',
      of: ['impl_item'],
      check: (node, context) => {
        const head = context.text.slice(node.start, Math.min(node.end, node.start + 200));
        const name = /^unsafe\s+impl\b[^{]*?\b(Send|Sync)\s+for\b/.exec(head)?.[1];
        if (name === undefined) return;
        context.report(node, { message: `Nobody but the author says that this type is \`${name}\`.` });
      },
    },
    {
      on: 'node',
      of: ['foreign_mod_item'],
      check: (node, context) => {
        context.report(node, {
          message: 'Functions of another language are called, past the checks of the compiler.',
        });
      },
    },
  ],
};
