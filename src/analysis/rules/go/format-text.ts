import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';

/** Regular expressions and formats from outside. */
export const formatTextRule = sinkRule({
  id: 'PW-GO-FORMAT-TEXT',
  title: 'Others write a regular expression or a format',
  category: 'other',
  cwe: 134,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A broken regular expression ends the process in `MustCompile`; a `%` in a format shows what was not meant, or nothing that was.',
    remedy: 'Quote the text with `regexp.QuoteMeta`; write text with `%s`.',
    bad: 'import (\n\t"net/http"\n\t"regexp"\n)\n\nfunc find(w http.ResponseWriter, r *http.Request) {\n\tregexp.MustCompile(r.FormValue("q"))\n}',
    good: 'import (\n\t"net/http"\n\t"regexp"\n)\n\nfunc find(w http.ResponseWriter, r *http.Request) {\n\tregexp.MustCompile(regexp.QuoteMeta(r.FormValue("q")))\n}',
  },
  does: 'is used as a regular expression or format',
  sinks: [
    {
      call: [
        'regexp.MustCompile',
        'regexp.MustCompilePOSIX',
        'regexp.Compile',
        'regexp.MatchString',
        'regexp.CompilePOSIX',
      ],
      from: 'user',
    },
    { call: ['fmt.Printf', 'fmt.Sprintf', 'fmt.Errorf'], from: 'user' },
    {
      call: 'fmt.Fprintf',
      argument: 1,
      from: 'user',
      // Written to a page it is worse, and said by the rule about that.
      when: (event, _value, { values }) =>
        'args' in event &&
        !(event.args[0] && values.pathsOf(event.args[0].value).includes('net/http.ResponseWriter')),
    },
  ],
});
