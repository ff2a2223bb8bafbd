import type { Rule } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const queryInjectionRule: Rule = sinkRule({
  id: 'PW-JS-QUERY',
  title: 'An LDAP, XPath or GraphQL query is put together from text',
  category: 'sql-injection',
  cwe: 943,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Brackets and quotes in the text change what the query asks for: other people’s entries, or a login without a password.',
    remedy: 'Escape what is put in for the query’s language, or use variables.',
    bad: "app.get('/', (req, res) => require('xpath').select('//user[name=' + req.query.name + ']', doc));",
    good: "app.get('/', (req, res) => require('xpath').select('//user[@id=1]', doc));",
  },
  does: 'becomes part of a query',
  sinks: [
    {
      call: [
        'xpath.select',
        'xpath.select1',
        'xpath.parse',
        'xpath.evaluate',
        'global.document.evaluate',
        'libxmljs.Document.find',
        'libxmljs.Document.get',
      ],
      from: 'user',
    },
    { call: ['xpath.select', 'xpath.select1', 'xpath.parse'], from: 'built' },
    { call: ['ldapjs.Client.search', '**.search'], argument: 'filter', from: 'user' },
    { call: ['ldapjs.Client.search'], argument: 'filter', from: 'built' },
    { call: ['ldapjs.parseFilter', 'ldapjs.Client.bind', 'ldapjs.Client.del'], from: 'user' },
    { call: ['graphql.graphql', 'graphql-request.request'], argument: 1, from: 'built' },
  ],
});
