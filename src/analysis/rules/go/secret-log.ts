import type { Rule } from '../rule.ts';
import { go } from './languages.ts';
import { membersOf } from './tainted.ts';

const SECRET =
  /^(?:\w+\.)*\w*(?:passw(?:or)?d|passphrase|secret|secretkey|apikey|privatekey|accesstoken|authtoken|refreshtoken|clientsecret|creditcard|cvv|ssn)$/i;
const NOT_SECRET = /hash|masked|redact|encrypt|len|reset|changed|file|path|name|policy|missing|err/i;
const levels =
  'Print Printf Println Info Infof Infoln Warn Warnf Warning Warningf Error Errorf Errorln Debug Debugf Fatal Fatalf Fatalln';

/** Passwords and keys that are written to a log or to the console. */
export const secretLogRule: Rule = {
  id: 'PW-GO-SECRET-LOG',
  title: 'A password or key is written to the log',
  category: 'exfiltration',
  cwe: 532,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'Logs are kept, copied and read by many: whoever reads them has the password.',
    remedy: 'Log that there is one, or its length, but not itself.',
    bad: 'import "log"\n\nfunc login(user, password string) {\n\tlog.Printf("login %s %s", user, password)\n}',
    good: 'import "log"\n\nfunc login(user, password string) {\n\tlog.Printf("login %s (%d characters)", user, len(password))\n}',
  },
  watches: [
    {
      on: 'call',
      of: [
        ...membersOf('log', levels),
        ...membersOf('log.Logger', levels),
        ...membersOf('log/slog', levels),
        ...membersOf('github.com/sirupsen/logrus', levels),
        ...membersOf('github.com/golang/glog', levels),
        ...membersOf('k8s.io/klog', levels),
        ...membersOf('fmt', 'Print Printf Println'),
      ],
      check: (call, context) => {
        const shown = call.args.some(({ node, value }) => {
          if (node.type !== 'identifier' && node.type !== 'selector_expression') return false;
          const name = context.textOf(node);
          return SECRET.test(name) && !NOT_SECRET.test(name) && !context.values.isFixed(value);
        });
        if (shown)
          context.report(call.node, { message: 'A password or key is written where many can read it.' });
      },
    },
  ],
};
