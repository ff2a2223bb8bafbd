import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';
import { membersOf } from './tainted.ts';

/** Text that is declared to be safe, and templates that escape nothing. */
export const unescapedHtmlRule = sinkRule({
  id: 'PW-GO-UNESCAPED-HTML',
  title: 'Text is put into a page without being escaped',
  category: 'xss',
  cwe: 79,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Templates believe what is said to be HTML: a `<script>` in it runs in the browser of whoever opens the page.',
    remedy: 'Hand templates plain text, and clean HTML of others with `bluemonday` first.',
    bad: 'import (\n\t"html/template"\n\t"net/http"\n)\n\nfunc bio(r *http.Request) template.HTML {\n\treturn template.HTML("<p>" + r.FormValue("bio") + "</p>")\n}',
    good: 'import "html/template"\n\nfunc rule() template.HTML {\n\treturn template.HTML("<hr>")\n}',
  },
  does: 'is put into a page without being escaped',
  sinks: [
    {
      call: membersOf('html/template', 'HTML HTMLAttr JS JSStr URL CSS Srcset'),
      from: 'dynamic',
      when: (_event, value, { values }) =>
        values.taintOf(value, 'xss') !== undefined || values.isBuilt(value),
    },
    {
      call: ['text/template.Template.Execute', 'text/template.Template.ExecuteTemplate'],
      from: 'always',
      does: 'A template that escapes nothing writes a page',
      severity: 'warning',
      when: (event, value, { values }) =>
        values.pathsOf(value).includes('net/http.ResponseWriter') && 'args' in event,
    },
  ],
});
