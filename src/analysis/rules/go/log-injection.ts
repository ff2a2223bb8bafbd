import type { Rule } from '../rule.ts';
import { go } from './languages.ts';
import { membersOf, subjectOf } from './tainted.ts';

const levels =
  'Print Printf Println Info Infof Infoln Warn Warnf Warning Warningf Error Errorf Errorln Debug Debugf Fatal Fatalf Fatalln Panic Panicf';

/** Logs in which others can write lines of their own. */
export const logInjectionRule: Rule = {
  id: 'PW-GO-LOG-INJECTION',
  title: 'Others can write lines into the log',
  category: 'other',
  cwe: 117,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'A line break in the text begins a line that looks like one of the program’s own: who reads the log is misled.',
    remedy: 'Write the text with `%q`, or as a field of a structured log.',
    bad: 'import (\n\t"log"\n\t"net/http"\n)\n\nfunc login(w http.ResponseWriter, r *http.Request) {\n\tlog.Printf("login of %s", r.FormValue("user"))\n}',
    good: 'import (\n\t"log"\n\t"net/http"\n)\n\nfunc login(w http.ResponseWriter, r *http.Request) {\n\tlog.Printf("login of %q", r.FormValue("user"))\n}',
  },
  watches: [
    {
      on: 'call',
      of: [
        ...membersOf('log', levels),
        ...membersOf('log.Logger', levels),
        ...membersOf('github.com/golang/glog', levels),
        ...membersOf('k8s.io/klog', levels),
        ...membersOf('github.com/sirupsen/logrus', levels),
        ...membersOf('github.com/sirupsen/logrus.New()', levels),
      ],
      check: (call, context) => {
        const { values } = context;
        const format = call.method.endsWith('f') ? values.textOf(call.args[0]?.value ?? {}) : undefined;
        const verbs =
          format === undefined ? [] : [...format.matchAll(/%[-+# 0]*[\d.]*([a-zA-Z])/g)].map(verb => verb[1]);
        for (const [index, { node, value }] of call.args.entries()) {
          // An error quotes what it is about.
          if (/^(?:e|err\d*|\w*Err(?:or)?)(?:\.Error\(\))?$/.test(context.textOf(node))) continue;
          const taint = values.taintOf(value, 'other');
          if (taint?.level !== 'user') continue;
          if (format !== undefined && index > 0 && /^[qdtbcoxXUeEfFgGpT]$/.test(verbs[index - 1] ?? ''))
            continue;
          context.report(call.node, { message: `${subjectOf(taint)} can write lines into the log.`, taint });
          return;
        }
      },
    },
  ],
};
