import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

export const environmentDumpRule: Rule = {
  id: 'PW-RS-ENV-DUMP',
  title: 'The whole environment is read',
  category: 'exfiltration',
  cwe: 526,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'The environment holds tokens and passwords of the host; a log, a request or a report then holds them too.',
    remedy: 'Name the variables that are needed.',
    bad: `fn report() {
    for (key, value) in std::env::vars() {
        println!("{key}={value}");
    }
}`,
    good: `fn report() {
    let shell = std::env::var("SHELL");
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls('std.env.vars std.env.vars_os'),
      check: (call, context) => {
        // Looking for some of them is what programs do.
        if (
          /^\s*\.\s*(?:filter|filter_map|find|find_map|any|position|all)\b/.test(
            context.text.slice(call.node.end, call.node.end + 60),
          )
        )
          return;
        context.report(call.node, {
          message: 'Every variable of the environment is read, secrets included.',
        });
      },
    },
  ],
};
