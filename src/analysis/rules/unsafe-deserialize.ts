import { everyLanguage, type Rule } from '../rule.ts';

/** Functions that turn data into live functions or objects of any class. */
const DESERIALIZERS: ReadonlyMap<string, string> = new Map([
  ['module:node-serialize.unserialize', 'node-serialize'],
  ['module:serialize-to-js.deserialize', 'serialize-to-js'],
  ['module:funcster.deepDeserialize', 'funcster'],
  ['module:cryo.parse', 'cryo'],
  ['module:js-yaml.unsafeLoad', 'js-yaml'],
]);

export const unsafeDeserializeRule: Rule = {
  id: 'PW-JS-DESERIALIZE',
  title: 'Data is read in a way that can run code',
  category: 'data',
  cwe: 502,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'These formats carry functions: reading a message that someone else wrote runs their code.',
    remedy: 'Use `JSON.parse` and check the result against a schema.',
    bad: "const state = require('node-serialize').unserialize(body);",
    good: 'const state = parse(stateSchema, JSON.parse(body));',
  },
  nodes: ['call_expression'],
  check: (node, context) => {
    const { callee, target } = context.callAt(node);
    const module = callee === undefined ? undefined : DESERIALIZERS.get(callee);
    if (module === undefined) return;
    context.report(target, { message: `\`${module}\` runs functions that it finds in the data.` });
  },
};
