import type { Abstract } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';
import { methodsOf, subjectOf } from './tainted.ts';

const CODE = new Set(['$where', '$function', '$accumulator', '$expr']);

/** Filters of MongoDB with code in them. */
export const nosqlRule: Rule = {
  id: 'PW-GO-NOSQL',
  title: 'A document database runs what others write',
  category: 'sql-injection',
  cwe: 943,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'The database runs the text of `$where` as JavaScript; a filter that others write whole has operators in it that they choose.',
    remedy:
      'Compare fields with values (`bson.M{"name": name}`), and decode requests into structs with fields of type string.',
    bad: 'import (\n\t"context"\n\t"net/http"\n\t"go.mongodb.org/mongo-driver/bson"\n\t"go.mongodb.org/mongo-driver/mongo"\n)\n\nfunc find(c *mongo.Collection, r *http.Request) {\n\tc.Find(r.Context(), bson.M{"$where": "this.name == \'" + r.FormValue("name") + "\'"})\n}',
    good: 'import (\n\t"net/http"\n\t"go.mongodb.org/mongo-driver/bson"\n\t"go.mongodb.org/mongo-driver/mongo"\n)\n\nfunc find(c *mongo.Collection, r *http.Request) {\n\tc.Find(r.Context(), bson.M{"name": r.FormValue("name")})\n}',
  },
  watches: [
    {
      on: 'call',
      of: [
        ...methodsOf(
          'go.mongodb.org/mongo-driver/mongo',
          'Collection Database',
          'Find FindOne Aggregate UpdateOne UpdateMany DeleteOne DeleteMany CountDocuments FindOneAndUpdate RunCommand',
        ),
        ...methodsOf(
          'github.com/globalsign/mgo',
          'Collection',
          'Find Pipe Update Remove RemoveAll UpdateAll',
        ),
      ],
      check: (call, context) => {
        for (const { value } of call.args) {
          const code = codeIn(value, context, 0);
          const taint = code && context.values.taintOf(code, 'sql-injection');
          if (taint !== undefined && taint.level !== 'parameter') {
            context.report(call.node, {
              message: `${subjectOf(taint)} is run by the database.`,
              taint,
            });
            return;
          }
        }
      },
    },
  ],
};

/** The value of an operator that runs code, anywhere in a filter; or a filter that others write whole. */
function codeIn(value: Abstract, context: RuleContext, depth: number): Abstract | undefined {
  if (depth > 3) return undefined;
  for (const [key, field] of value.fields ?? []) {
    if (CODE.has(key)) return field;
    const found = codeIn(field, context, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
