import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

export const processIdentityRule: Rule = {
  id: 'PW-RS-PROCESS-IDENTITY',
  title: 'A decision rests on what the program is called',
  category: 'other',
  cwe: 807,
  severity: 'info',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Whoever starts a program chooses its first argument, and can link or copy it to any path: neither says what really runs.',
    remedy: 'Decide by something only the right caller can have.',
    bad: `fn home() {
    let exe = std::env::current_exe();
}`,
    good: `fn home() {
    let folder = std::env::current_dir();
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls('std.env.current_exe'),
      check: (call, context) => {
        context.report(call.node, { message: 'Whoever starts the program can choose this path.' });
      },
    },
  ],
};
