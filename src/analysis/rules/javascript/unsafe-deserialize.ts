import type { Rule } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const unsafeDeserializeRule: Rule = sinkRule({
  id: 'PW-JS-DESERIALIZE',
  title: 'Data is read in a way that can run code',
  category: 'deserialization',
  cwe: 502,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'These formats carry functions: reading a message that someone else wrote runs their code.',
    remedy: 'Use `JSON.parse` and check the result against a schema.',
    bad: "const state = require('node-serialize').unserialize(body);",
    good: 'const state = parse(stateSchema, JSON.parse(body));',
  },
  does: 'is read in a way that runs functions found in it',
  sinks: [
    {
      call: [
        'node-serialize.unserialize',
        'serialize-to-js.deserialize',
        'serialize-to-js.deserializeUnsafe',
        'funcster.deepDeserialize',
        'cryo.parse',
        'js-yaml.unsafeLoad',
        'jserialize.unserialize',
        'serializr.deserialize',
        'node-unserialize.unserialize',
        'estree-serialize.deserialize',
      ],
      from: 'dynamic',
    },
    { call: ['v8.deserialize', 'v8.Deserializer', 'bson.deserialize'], from: 'user' },
    {
      call: ['js-yaml.load', 'js-yaml.loadAll'],
      from: 'dynamic',
      when: (event, _value, context) =>
        'option' in event &&
        context.values
          .pathsOf(event.option('schema') ?? {})
          .some(path => /DEFAULT_FULL_SCHEMA|js-yaml-js-types/.test(path)),
    },
  ],
});
