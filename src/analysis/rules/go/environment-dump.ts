import type { Rule } from '../rule.ts';
import { go } from './languages.ts';
import { membersOf } from './tainted.ts';

/** The whole environment, shown or sent. */
export const environmentDumpRule: Rule = {
  id: 'PW-GO-ENVIRONMENT-DUMP',
  title: 'The whole environment is shown or sent',
  category: 'exfiltration',
  cwe: 526,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Environments hold keys and passwords of everything the machine talks to.',
    remedy: 'Read the variables that are needed by their names.',
    bad: 'import (\n\t"fmt"\n\t"net/http"\n\t"os"\n)\n\nfunc env(w http.ResponseWriter, r *http.Request) {\n\tfmt.Fprintln(w, os.Environ())\n}',
    good: 'import (\n\t"fmt"\n\t"net/http"\n\t"os"\n)\n\nfunc env(w http.ResponseWriter, r *http.Request) {\n\tfmt.Fprintln(w, os.Getenv("REGION"))\n}',
  },
  watches: [
    {
      on: 'call',
      of: [
        ...membersOf('fmt', 'Print Println Printf Fprint Fprintln Fprintf'),
        ...membersOf('log', 'Print Println Printf'),
        ...membersOf('net/http', 'Post PostForm NewRequest NewRequestWithContext'),
        ...membersOf('net/http.Client', 'Post PostForm'),
        'net/http.ResponseWriter.Write',
        'net.Conn.Write',
        'io.WriteString',
        'github.com/gin-gonic/gin.Context.JSON',
        'github.com/labstack/echo.Context.JSON',
        'encoding/json.NewEncoder().Encode',
      ],
      check: (call, context) => {
        const isSent = call.args.some(
          ({ value }) => context.values.taintOf(value, 'exfiltration')?.source === 'the whole environment',
        );
        if (isSent) context.report(call.node, { message: 'The whole environment is shown or sent.' });
      },
    },
  ],
};
