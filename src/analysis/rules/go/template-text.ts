import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';

/** Templates whose own text comes from outside. */
export const templateTextRule = sinkRule({
  id: 'PW-GO-TEMPLATE-TEXT',
  title: 'Others write the template',
  category: 'code-eval',
  cwe: 1336,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A template can call every method of the data it is given: who writes it reads secrets and calls functions, and escapes nothing.',
    remedy: 'Keep templates in the source and hand what others write to them as data.',
    bad: 'import (\n\t"html/template"\n\t"net/http"\n)\n\nfunc page(w http.ResponseWriter, r *http.Request) {\n\tt, _ := template.New("page").Parse("<p>" + r.FormValue("name") + "</p>")\n\tt.Execute(w, nil)\n}',
    good: 'import (\n\t"html/template"\n\t"net/http"\n)\n\nfunc page(w http.ResponseWriter, r *http.Request) {\n\tt, _ := template.New("page").Parse("<p>{{.}}</p>")\n\tt.Execute(w, r.FormValue("name"))\n}',
  },
  does: 'is the text of a template',
  sinks: [
    { call: ['html/template.Template.Parse', 'text/template.Template.Parse'], from: 'user' },
    {
      call: [
        'github.com/flosch/pongo2.FromString',
        'github.com/flosch/pongo2.RenderTemplateString',
        'github.com/cbroglie/mustache.Render',
        'github.com/aymerick/raymond.Render',
        'github.com/valyala/fasttemplate.New',
      ],
      from: 'user',
    },
  ],
});
