import path from 'node:path/posix';

const BUILTINS = new Set([
  ...[
    'append',
    'cap',
    'clear',
    'close',
    'complex',
    'copy',
    'delete',
    'imag',
    'len',
    'make',
    'max',
    'min',
    'new',
  ],
  ...['panic', 'print', 'println', 'real', 'recover', 'string', 'error', 'any', 'bool', 'comparable', 'byte'],
  ...[
    'rune',
    'int',
    'int8',
    'int16',
    'int32',
    'int64',
    'uint',
    'uint8',
    'uint16',
    'uint32',
    'uint64',
    'uintptr',
  ],
  ...['float32', 'float64', 'complex64', 'complex128'],
]);

/** How the paths of the standard library begin, where a module of one's own may have no dot either. */
const STANDARD = new Set([
  ...[
    'archive',
    'bufio',
    'builtin',
    'bytes',
    'cmp',
    'compress',
    'container',
    'context',
    'crypto',
    'database',
  ],
  ...[
    'debug',
    'embed',
    'encoding',
    'errors',
    'expvar',
    'flag',
    'fmt',
    'go',
    'hash',
    'html',
    'image',
    'index',
  ],
  ...[
    'io',
    'iter',
    'log',
    'maps',
    'math',
    'mime',
    'net',
    'os',
    'path',
    'plugin',
    'reflect',
    'regexp',
    'runtime',
  ],
  ...[
    'slices',
    'sort',
    'strconv',
    'strings',
    'structs',
    'sync',
    'syscall',
    'testing',
    'text',
    'time',
    'unicode',
  ],
  ...['unique', 'unsafe', 'weak', 'C'],
]);

/** Homes that a package had before, each with the one it is known by here. */
const MOVED: Readonly<Record<string, string>> = {
  'github.com/dgrijalva/jwt-go': 'github.com/golang-jwt/jwt',
  'github.com/form3tech-oss/jwt-go': 'github.com/golang-jwt/jwt',
  'gopkg.in/ldap': 'github.com/go-ldap/ldap',
  'gopkg.in/pg': 'github.com/go-pg/pg',
  'gopkg.in/mgo': 'github.com/globalsign/mgo',
  'gopkg.in/square/go-jose': 'github.com/go-jose/go-jose',
  'gopkg.in/go-jose/go-jose': 'github.com/go-jose/go-jose',
  'github.com/satori/go.uuid': 'github.com/gofrs/uuid',
  'github.com/Sirupsen/logrus': 'github.com/sirupsen/logrus',
  'github.com/jinzhu/gorm': 'gorm.io/gorm',
  'github.com/jackc/pgx/pgxpool': 'github.com/jackc/pgx/pgxpool',
  'github.com/jackc/pgx/v4/pgxpool': 'github.com/jackc/pgx/pgxpool',
  'github.com/jackc/pgx/v5/pgxpool': 'github.com/jackc/pgx/pgxpool',
  'github.com/astaxie/beego': 'github.com/beego/beego/server/web',
  'github.com/astaxie/beego/orm': 'github.com/beego/beego/client/orm',
  'github.com/beego/beego': 'github.com/beego/beego/server/web',
  'github.com/beego/beego/orm': 'github.com/beego/beego/client/orm',
  'github.com/go-chi/chi': 'github.com/go-chi/chi',
  'golang.org/x/net/context': 'context',
  'io/ioutil': 'io/ioutil',
};

/** Packages whose versions behave differently where it matters here. */
const VERSIONED = new Set(['gopkg.in/yaml.v1', 'gopkg.in/yaml.v2', 'gopkg.in/yaml.v3']);

/** The path of a name that no Go file declares; `undefined` for one another file of the package may declare. */
export function globalPath(name: string): string | undefined {
  return BUILTINS.has(name) ? `builtin.${name}` : undefined;
}

/** A package's path without its major version, moved packages under the name that knowledge and rules use. */
export function modulePath(specifier: string): string | undefined {
  if (specifier === '' || specifier.startsWith('.')) return undefined;
  if (VERSIONED.has(specifier)) return specifier;
  const bare = specifier.replace(/\/v\d+(?=\/|$)/, '').replace(/\.v\d+(?=\/|$)/, '');
  return MOVED[bare] ?? bare;
}

/** Go has one name for each thing. */
export function memberPath(base: string, key: string): string {
  return `${base}.${key}`;
}

/**
 * The folders that an import may mean inside the plugin, each with `/` at its end (a package is all files of a folder),
 * the most specific first; the module's own name is written in `go.mod` alone. `.` is the file's own folder.
 */
export function ownFiles(specifier: string, fromFile: string): readonly string[] {
  const folder = path.dirname(fromFile.replaceAll('\\', '/'));
  if (specifier === '.') return [`${folder}/`];
  if (specifier.startsWith('.')) return [`${path.join(folder, specifier)}/`];
  const parts = specifier.split('/');
  if (STANDARD.has(parts[0] ?? '')) return [];
  return parts.slice(1).map((_, index) => `${parts.slice(index + 1).join('/')}/`);
}

/**
 * The names by which a file may use a package that it imports without an alias. Usually the last part of its path; what
 * stands before or after a hyphen or dot in it may be left out by the package clause, which is in another place.
 */
export function packageNames(specifier: string): readonly string[] {
  const parts = specifier.split('/');
  let last = parts.pop() ?? '';
  if (/^v\d+$/.test(last) && parts.length > 0) last = parts.pop() ?? '';
  last = last.replace(/\.v\d+$/, '');
  if (/^\w+$/.test(last)) return [last];
  const bare = last
    .replace(/^go[-.]/, '')
    .replace(/[-.]go$/, '')
    .replace(/[-.](?:golang|sdk)$/, '');
  if (/^\w+$/.test(bare)) return [bare];
  const pieces = bare.split(/[-.]/).filter(piece => piece !== '');
  return [...new Set([pieces.join(''), pieces.join('_'), ...pieces])];
}
