import type { Category } from '../../category.ts';
import type { SanitizerSpec } from '../../flow/index.ts';

function each(safeFor: readonly Category[] | 'all', calls: readonly string[], as?: 'guard'): SanitizerSpec[] {
  return calls.map(call => (as === undefined ? { call, safeFor } : { call, safeFor, as }));
}

/** Everything that text can do; a number that was read from text can still be too big for memory. */
const text: readonly Category[] = [
  ...([
    'code-eval',
    'command-injection',
    'deserialization',
    'path-traversal',
    'ssrf',
    'xss',
    'sql-injection',
  ] as const),
  ...(['dynamic-import', 'obfuscation', 'exfiltration', 'secrets', 'weak-crypto', 'other'] as const),
];

/** What makes text safe, and for what. */
export const sanitizers: readonly SanitizerSpec[] = [
  ...each(text, [
    'strconv.Atoi',
    'strconv.ParseInt',
    'strconv.ParseUint',
    'strconv.ParseFloat',
    'encoding/binary.BigEndian.Uint32',
    'encoding/binary.LittleEndian.Uint32',
    'encoding/binary.BigEndian.Uint64',
    'encoding/binary.LittleEndian.Uint64',
    'encoding/binary.BigEndian.Uint16',
    'encoding/binary.LittleEndian.Uint16',
    'github.com/spf13/cast.ToInt',
    'github.com/spf13/cast.ToInt64',
    // Whoever maps or replaces characters takes out what is dangerous.
    'strings.Map',
    'regexp.MustCompile().ReplaceAllString',
    'regexp.Compile().ReplaceAllString',
    'regexp.Regexp.ReplaceAllString',
  ]),
  ...each(
    ['path-traversal', 'ssrf'],
    [
      'path/filepath.Base',
      'path.Base',
      'github.com/cyphar/filepath-securejoin.SecureJoin',
      'github.com/gofiber/utils.FilenameSafe',
      'github.com/gosimple/slug.Make',
      'path/filepath.Localize',
    ],
  ),
  // The lowering’s names for cleaning text that begins with a slash, and for taking out dots or line breaks.
  ...each(['path-traversal'], ['path/filepath.CleanRooted', 'path.CleanRooted', 'strings.WithoutDots']),
  ...each(['other'], ['strings.WithoutBreaks', 'strings.NewReplacer().Replace']),
  ...each(['path-traversal', 'ssrf'], ['path/filepath.IsLocal', 'io/fs.ValidPath'], 'guard'),
  ...each(
    ['xss'],
    [
      'html.EscapeString',
      'html/template.HTMLEscapeString',
      'html/template.HTMLEscaper',
      'html/template.JSEscapeString',
      'html/template.JSEscaper',
      'html/template.URLQueryEscaper',
      'text/template.HTMLEscapeString',
      'text/template.HTMLEscaper',
      'text/template.JSEscapeString',
      'encoding/json.Marshal',
      'encoding/json.MarshalIndent',
      'github.com/microcosm-cc/bluemonday.UGCPolicy().Sanitize',
      'github.com/microcosm-cc/bluemonday.StrictPolicy().Sanitize',
      'github.com/microcosm-cc/bluemonday.UGCPolicy().SanitizeBytes',
      'github.com/microcosm-cc/bluemonday.NewPolicy().Sanitize',
      'github.com/microcosm-cc/bluemonday.Policy.Sanitize',
      'github.com/microcosm-cc/bluemonday.Policy.SanitizeBytes',
      'github.com/kennygrant/sanitize.HTML',
      '?.Sanitize',
      '?.SanitizeHTML',
    ],
  ),
  ...each(
    ['xss', 'ssrf', 'path-traversal', 'other', 'sql-injection', 'command-injection'],
    ['net/url.QueryEscape', 'net/url.PathEscape', 'net/url.Values.Encode'],
  ),
  ...each(
    ['sql-injection'],
    [
      'github.com/lib/pq.QuoteIdentifier',
      'github.com/lib/pq.QuoteLiteral',
      'github.com/jackc/pgx.Identifier.Sanitize',
      'github.com/go-ldap/ldap.EscapeFilter',
      'github.com/go-ldap/ldap.EscapeDN',
      'github.com/go-pg/pg.Ident',
      'github.com/go-pg/pg/types.Ident',
      'github.com/uptrace/bun.Ident',
      'go.mongodb.org/mongo-driver/bson/primitive.ObjectIDFromHex',
      'go.mongodb.org/mongo-driver/bson.ObjectIDFromHex',
    ],
  ),
  ...each(
    ['command-injection'],
    [
      'gopkg.in/alessio/shellescape.Quote',
      'al.essio.dev/pkg/shellescape.Quote',
      'github.com/alessio/shellescape.Quote',
      'github.com/kballard/go-shellquote.Join',
      'mvdan.cc/sh/syntax.Quote',
    ],
  ),
  ...each(['other'], ['strconv.Quote', 'strconv.QuoteToASCII', 'regexp.QuoteMeta']),
  ...each(
    ['sql-injection', 'command-injection', 'xss', 'other', 'code-eval'],
    [
      'encoding/base64.StdEncoding.EncodeToString',
      'encoding/base64.URLEncoding.EncodeToString',
      'encoding/base64.RawURLEncoding.EncodeToString',
      'encoding/base64.RawStdEncoding.EncodeToString',
    ],
  ),
  ...each(
    'all',
    [
      'github.com/asaskevich/govalidator.IsAlphanumeric',
      'github.com/asaskevich/govalidator.IsInt',
      'github.com/asaskevich/govalidator.IsUUID',
      'github.com/asaskevich/govalidator.IsAlpha',
      'github.com/asaskevich/govalidator.IsNumeric',
    ],
    'guard',
  ),
];
