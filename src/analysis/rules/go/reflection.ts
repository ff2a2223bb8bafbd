import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';

/** Methods that are looked up by a name from outside. */
export const reflectionRule = sinkRule({
  id: 'PW-GO-REFLECTION',
  title: 'Others choose the method that is called',
  category: 'code-eval',
  cwe: 470,
  severity: 'error',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'Every exported method can be called by its name, also those that nobody meant to be called from outside.',
    remedy: 'Keep a map from the names that may be called to functions.',
    bad: 'import (\n\t"net/http"\n\t"reflect"\n)\n\nfunc call(w http.ResponseWriter, r *http.Request, api any) {\n\treflect.ValueOf(api).MethodByName(r.FormValue("method")).Call(nil)\n}',
    good: 'import "reflect"\n\nfunc call(api any) {\n\treflect.ValueOf(api).MethodByName("Refresh").Call(nil)\n}',
  },
  does: 'decides which method or field is used',
  sinks: [
    { call: ['**.MethodByName'], from: 'parameter' },
    { call: ['**.FieldByName'], from: 'user' },
  ],
});
