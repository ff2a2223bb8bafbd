import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';
import { isBuiltOrForeign, membersOf } from './tainted.ts';

/** Filters for directories, paths in XML and filters of document databases. */
export const queryLanguageRule = sinkRule({
  id: 'PW-GO-QUERY-LANGUAGE',
  title: 'A directory’s or document’s query is put together as text',
  category: 'sql-injection',
  cwe: 943,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Brackets, quotes and stars in the text change what is looked for: others find entries, or log in, without a password.',
    remedy: 'Escape values with the library’s own function (`ldap.EscapeFilter`), or use variables.',
    bad: 'import (\n\t"net/http"\n\t"github.com/go-ldap/ldap/v3"\n)\n\nfunc find(r *http.Request) {\n\tldap.NewSearchRequest("dc=example", 2, 0, 0, 0, false, "(uid="+r.FormValue("user")+")", nil, nil)\n}',
    good: 'import (\n\t"net/http"\n\t"github.com/go-ldap/ldap/v3"\n)\n\nfunc find(r *http.Request) {\n\tldap.NewSearchRequest("dc=example", 2, 0, 0, 0, false, "(uid="+ldap.EscapeFilter(r.FormValue("user"))+")", nil, nil)\n}',
  },
  does: 'becomes part of what is looked for',
  sinks: [
    { call: 'github.com/go-ldap/ldap.NewSearchRequest', argument: 6, from: 'built', when: isBuiltOrForeign },
    { call: 'github.com/go-ldap/ldap.NewSearchRequest', argument: 0, from: 'user' },
    { write: 'github.com/go-ldap/ldap.SearchRequest.Filter', from: 'built', when: isBuiltOrForeign },
    {
      call: [
        'github.com/antchfx/xmlquery',
        'github.com/antchfx/htmlquery',
        'github.com/antchfx/jsonquery',
      ].flatMap(module => membersOf(module, 'Find FindOne Query QueryAll FindEach')),
      argument: 1,
      from: 'built',
      when: isBuiltOrForeign,
    },
    {
      call: [
        ...membersOf('github.com/antchfx/xpath', 'Compile MustCompile'),
        'github.com/ChrisTrenkamp/goxpath.Parse',
        'github.com/ChrisTrenkamp/goxpath.MustParse',
        'gopkg.in/xmlpath.Compile',
        'gopkg.in/xmlpath.MustCompile',
        '**.SearchXPath',
      ],
      from: 'built',
      when: isBuiltOrForeign,
    },
    {
      call: ['go.mongodb.org/mongo-driver/bson.UnmarshalExtJSON', 'github.com/redis/go-redis.NewScript'],
      from: 'user',
    },
    {
      call: ['github.com/redis/go-redis.Client.Eval', 'github.com/go-redis/redis.Client.Eval'],
      argument: 1,
      from: 'built',
      when: isBuiltOrForeign,
    },
  ],
});
