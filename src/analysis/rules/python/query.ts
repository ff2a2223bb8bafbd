import { sinkRule } from '../sink-rule.ts';
import { misusedCalls, python } from './misuse.ts';

const finders =
  'find find_one find_one_and_update find_one_and_delete find_one_and_replace count_documents update_one update_many delete_one delete_many replace_one distinct aggregate'
    .split(' ')
    .flatMap(name => [`pymongo.Collection.${name}`, `?.${name}`]);

export const queryRule = sinkRule({
  id: 'PW-PY-QUERY',
  title: 'A query of another language is put together from text',
  category: 'sql-injection',
  cwe: 943,
  severity: 'error',
  confidence: 'medium',
  languages: python,
  docs: {
    risk: 'Text of others changes what the query asks for: filters match everything, `$where` runs JavaScript, entries of other people are found.',
    remedy:
      'Escape with the library’s own function (`escape_filter_chars`), hand variables over, and take plain values only.',
    bad: 'import ldap\nfrom flask import request\n\ndef find(directory):\n    l = ldap.initialize("ldaps://a")\n    return l.search_s("dc=a", 2, "(uid=" + request.args["uid"] + ")")',
    good: 'import ldap\nfrom ldap.filter import escape_filter_chars\nfrom flask import request\n\ndef find(directory):\n    l = ldap.initialize("ldaps://a")\n    return l.search_s("dc=a", 2, "(uid=" + escape_filter_chars(request.args["uid"]) + ")")',
  },
  does: 'is part of a query',
  sinks: [
    ...['search_s', 'search', 'search_ext', 'search_ext_s', 'search_st'].flatMap(name => [
      { call: `ldap.LDAPObject.${name}`, argument: [2, 'filterstr'] as const, from: 'built' as const },
      { call: `?.${name}`, argument: [2, 'filterstr'] as const, from: 'user' as const },
      { call: `ldap.LDAPObject.${name}`, argument: [0, 'base'] as const, from: 'user' as const },
    ]),
    { call: ['ldap3.Connection.search', '?.search'], argument: [1, 'search_filter'], from: 'user' },
    { call: 'ldap3.Connection.search', argument: [1, 'search_filter'], from: 'built' },
    { call: 'ldap3.Connection.search', argument: [0, 'search_base'], from: 'user' },
    {
      call: [
        'lxml.etree.XPath',
        'lxml.etree.ElementTree.xpath',
        'lxml.etree.Element.xpath',
        '**.xpath',
        'elementpath.select',
      ],
      argument: 0,
      from: 'built',
      when: (_event, value, { values }) =>
        values.isBuilt(value, 'sql-injection') || values.taintOf(value, 'sql-injection')?.level === 'user',
    },
    {
      call: [
        'xml.etree.ElementTree.ElementTree.findall',
        'xml.etree.ElementTree.ElementTree.find',
        'xml.etree.ElementTree.Element.findall',
      ],
      from: 'user',
    },
    {
      call: finders,
      from: 'user',
      when: (_event, value, { values }) => {
        // A dictionary spelled out with plain text in it matches that text only; what JSON gives can be an operator.
        const taint = values.taintOf(value, 'sql-injection');
        if (value.fields === undefined) return /body|json|data/i.test(taint?.source ?? '');
        return value.fields.has('$where') || value.fields.has('$expr') || value.fields.has('$function');
      },
    },
  ],
  watches: [
    misusedCalls(finders, (call, { values }) => {
      const where = call.args[0] && values.field(call.args[0].value, '$where');
      if (where === undefined || values.taintOf(where, 'sql-injection')?.level === 'user') return undefined;
      return values.isBuilt(where, 'sql-injection')
        ? { message: '`$where` runs JavaScript that is put together from text.', severity: 'warning' }
        : undefined;
    }),
  ],
});
