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
    {
      on: 'call',
      of: calls('std.env.args().nth std.env.args_os().nth'),
      check: (call, context) => {
        if (!context.values.constantsOf(call.args[0]?.value ?? {}).includes(0)) return;
        context.report(call.node, { message: 'Whoever starts the program chooses what it is called.' });
      },
    },
    {
      on: 'read',
      of: calls('std.env.args().0 std.env.args_os().0'),
      check: (read, context) => {
        context.report(read.node, { message: 'Whoever starts the program chooses what it is called.' });
      },
    },
  ],
};
