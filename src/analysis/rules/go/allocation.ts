import type { Rule } from '../rule.ts';
import { go } from './languages.ts';
import { subjectOf } from './tainted.ts';

/** Memory of a size that others choose. */
export const allocationRule: Rule = {
  id: 'PW-GO-ALLOCATION',
  title: 'Others choose how much memory is taken',
  category: 'other',
  cwe: 789,
  severity: 'error',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'One request with a large number takes all memory, and the process ends.',
    remedy: 'Compare the number with the most that makes sense before anything is made of it.',
    bad: 'import (\n\t"net/http"\n\t"strconv"\n)\n\nfunc list(w http.ResponseWriter, r *http.Request) {\n\tn, _ := strconv.Atoi(r.FormValue("n"))\n\t_ = make([]string, n)\n}',
    good: 'import (\n\t"net/http"\n\t"strconv"\n)\n\nfunc list(w http.ResponseWriter, r *http.Request) {\n\tn, _ := strconv.Atoi(r.FormValue("n"))\n\t_ = make([]string, min(n, 100))\n}',
  },
  watches: [
    {
      on: 'call',
      of: ['builtin.make', 'strings.Repeat', 'bytes.Repeat'],
      check: (call, context) => {
        for (const { value, node } of call.args.slice(1)) {
          // Numbers are safe for everything but memory.
          const taint = context.values.taintOf(value, 'unsafe-memory');
          if (taint?.level !== 'user' || isBounded(context.textOf(node), call.node.start, context.text))
            continue;
          context.report(call.node, { message: `${subjectOf(taint)} says how much memory is taken.`, taint });
          return;
        }
      },
    },
  ],
};

/** Whether the number is compared with something before, in the thousand characters above. */
function isBounded(name: string, start: number, text: string): boolean {
  if (!/^\w+$/.test(name)) return /\bmin\(|\blen\(/.test(name);
  return new RegExp(`\\b${name}\\b\\s*[<>]`).test(text.slice(Math.max(0, start - 1000), start));
}
