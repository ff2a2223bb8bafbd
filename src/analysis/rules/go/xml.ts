import type { Rule } from '../rule.ts';
import { go } from './languages.ts';

/** XML whose entities are filled in. */
export const xmlRule: Rule = {
  id: 'PW-GO-XML-ENTITIES',
  title: 'XML may include files and addresses',
  category: 'other',
  cwe: 611,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A document names files of this machine or addresses inside its network, and gets their contents put in.',
    remedy:
      'Read XML with `encoding/xml`, which knows no external entities, or without `XMLParseNoEnt` and `XMLParseDTDLoad`.',
    bad: 'import "github.com/lestrrat-go/libxml2/parser"\n\nfunc read() {\n\tparser.New(parser.XMLParseNoEnt)\n}',
    good: 'import "github.com/lestrrat-go/libxml2/parser"\n\nfunc read() {\n\tparser.New()\n}',
  },
  watches: [
    {
      on: 'read',
      of: ['XMLParseNoEnt', 'XMLParseDTDLoad', 'XMLParseHuge'].map(
        name => `github.com/lestrrat-go/libxml2/parser.${name}`,
      ),
      check: (read, context) =>
        context.report(read.node, { message: 'Entities of the document are filled in.' }),
    },
  ],
};
