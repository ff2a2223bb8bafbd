import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const xxeRule: Rule = {
  id: 'PW-JS-XXE',
  title: 'XML may name files and servers to be read',
  category: 'other',
  cwe: 611,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'A document that defines an entity as a file or an address has it read and put into the result; entities within entities use up all memory.',
    remedy: 'Leave entities and external DTDs off.',
    bad: "require('libxmljs').parseXml(body, { noent: true });",
    good: "require('libxmljs').parseXml(body);",
  },
  watches: [
    {
      on: 'call',
      of: ['parseXml', 'parseXmlString', 'parseXmlAsync', 'parseXmlSax', 'Document.fromXml'].flatMap(name =>
        ['libxmljs', 'libxmljs2', 'libxml', 'libxmljs-mt'].map(module => `${module}.${name}`),
      ),
      check,
    },
    {
      on: 'call',
      of: ['xml2json.toJson', 'libxml-xsd.parse', 'node-expat.Parser', 'xml-crypto.SignedXml'],
      check: (call, context) => {
        const taint = call.args[0] && context.values.taintOf(call.args[0].value, 'other');
        if (taint?.level === 'user')
          context.report(call.node, { message: 'Entities in this document are followed.', taint });
      },
    },
  ],
};

function check(call: CallEvent, context: RuleContext): void {
  const on = ['noent', 'dtdload', 'dtdattr', 'replaceEntities', 'huge'].find(
    name => context.values.constantsOf(call.option(name) ?? {})[0] === true,
  );
  if (on !== undefined)
    context.report(call.node, { message: `With \`${on}\` a document can name files to be read.` });
}
