import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

const METHODS =
  'find findOne findOneAndUpdate findOneAndDelete findOneAndReplace findOneAndRemove updateOne updateMany update deleteOne deleteMany remove count countDocuments distinct aggregate replaceOne findAndModify exists where';

export const nosqlRule: Rule = {
  id: 'PW-JS-NOSQL',
  title: 'A query object holds what others sent',
  category: 'sql-injection',
  cwe: 943,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'What is sent as JSON can be `{ "$ne": null }` instead of a password, and the query then matches everything; `$where` runs script in the database.',
    remedy: 'Make text of it with `String(…)`, or check the type first.',
    bad: "app.post('/', (req, res) => User.findOne({ name: req.body.name, password: req.body.password }));",
    good: "app.post('/', (req, res) => User.findOne({ name: String(req.body.name) }));",
  },
  watches: [
    { on: 'call', of: METHODS.split(' ').map(name => `**.${name}`), check },
    {
      on: 'call',
      of: ['**.$where', '**.mapReduce'],
      check: (call, context) => {
        const value = call.args[0]?.value;
        if (value === undefined || value.callable !== undefined || context.values.isFixed(value)) return;
        reportScript(call, value, context);
      },
    },
  ],
};

function check(call: CallEvent, context: RuleContext): void {
  const { values } = context;
  const query = call.args[0]?.value;
  if (query === undefined || query.callable !== undefined) return;
  const script = values.field(query, '$where');
  if (script !== undefined && !values.isFixed(script) && script.callable === undefined) {
    reportScript(call, script, context);
    return;
  }
  // Query builders of SQL take values apart from the command.
  if (values.field(query, 'where') !== undefined || call.receiver?.path?.startsWith('knex') === true) return;
  const candidates = query.fields === undefined ? [query] : [...query.fields.values()];
  for (const value of candidates) {
    const taint = values.taintOf(value, 'sql-injection');
    // Text put together is text; parts of an address always are.
    if (
      taint?.level !== 'user' ||
      value.text !== undefined ||
      !/body|event|message|data|query/.test(taint.source)
    )
      continue;
    if (query.fields === undefined && !/body/.test(taint.source)) continue;
    if (/\bparams\b/.test(context.textOf(call.args[0]?.node ?? call.node))) continue;
    // What a schema has let through is text where it has to be.
    if (
      /['"](?:zod|joi|@hapi\/joi|yup|ajv|express-validator|class-validator|superstruct|valibot)['"]/.test(
        context.text,
      )
    )
      continue;
    if (isCheckedText(call, context)) continue;
    context.report(call.node, {
      message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} becomes part of a query object (\`${call.method}\`).`,
      severity: 'error',
      taint,
    });
    return;
  }
}

function reportScript(
  call: CallEvent,
  value: Parameters<RuleContext['values']['isFixed']>[0],
  context: RuleContext,
): void {
  const taint = context.values.taintOf(value, 'sql-injection');
  context.report(call.node, {
    message: 'Text that is not fixed is run as script in the database (`$where`).',
    severity: taint?.level === 'user' ? 'error' : 'warning',
    taint,
  });
}

/** The function around has looked whether it is text. */
function isCheckedText(call: CallEvent, context: RuleContext): boolean {
  let at = call.node.parent;
  while (at && !/function|method_definition/.test(at.type)) at = at.parent;
  if (at === undefined) return false;
  const given = context.textOf(call.args[0]?.node ?? call.node);
  const before = context.text.slice(at.start, call.node.start);
  return [...before.matchAll(/typeof\s+([\w.]+)\s*[!=]==?\s*['"]string['"]/g)].some(([, name = '']) =>
    new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`).test(given),
  );
}
