import type { Rule } from '../rule.ts';
import { go } from './languages.ts';
import { reportOf } from './tainted.ts';

/** Formats that say themselves what is made of them. */
export const deserializeRule: Rule = {
  id: 'PW-GO-DESERIALIZE',
  title: 'Data of others is turned into objects of their choice',
  category: 'deserialization',
  cwe: 502,
  severity: 'error',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'gob is not made for data of strangers: small inputs take much memory; YAML’s references grow without end.',
    remedy: 'Take JSON into a struct from others, with a limit on its size.',
    bad: 'import (\n\t"encoding/gob"\n\t"net/http"\n)\n\nfunc take(w http.ResponseWriter, r *http.Request) {\n\tvar v any\n\tgob.NewDecoder(r.Body).Decode(&v)\n}',
    good: 'import (\n\t"encoding/json"\n\t"net/http"\n)\n\nfunc take(w http.ResponseWriter, r *http.Request) {\n\tvar v struct{ Name string }\n\tjson.NewDecoder(r.Body).Decode(&v)\n}',
  },
  watches: [
    {
      on: 'call',
      of: [
        'encoding/gob.NewDecoder',
        'gopkg.in/yaml.v2.Unmarshal',
        'gopkg.in/yaml.v2.NewDecoder',
        'gopkg.in/yaml.v1.Unmarshal',
        'github.com/ghodss/yaml.Unmarshal',
        'github.com/vmihailenco/msgpack.Unmarshal',
        'github.com/vmihailenco/msgpack.NewDecoder',
        'github.com/hashicorp/go-msgpack/codec.NewDecoder',
        'github.com/ugorji/go/codec.NewDecoder',
      ],
      check: (call, context) => {
        const given = call.argument(0);
        const taint = given && context.values.taintOf(given.value, 'deserialization');
        if (taint?.level === 'user') context.report(call.node, reportOf(taint, 'is turned into objects'));
      },
    },
    {
      on: 'call',
      of: ['gopkg.in/yaml.v3.Unmarshal', 'gopkg.in/yaml.v3.NewDecoder', 'sigs.k8s.io/yaml.Unmarshal'],
      check: (call, context) => {
        const given = call.argument(0);
        const taint = given && context.values.taintOf(given.value, 'deserialization');
        if (taint?.level !== 'user') return;
        context.report(call.node, { ...reportOf(taint, 'is turned into objects'), severity: 'warning' });
      },
    },
  ],
};
