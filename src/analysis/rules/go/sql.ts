import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';
import { isBuiltOrForeign, membersOf, methodsOf } from './tainted.ts';

const pgx = 'github.com/jackc/pgx';
const squirrel = 'github.com/Masterminds/squirrel';

/** The query is the first argument. */
const first = [
  ...methodsOf('database/sql', 'DB Tx Conn', 'Query QueryRow Exec Prepare'),
  ...methodsOf(
    'github.com/jmoiron/sqlx',
    'DB Tx Conn',
    'Query QueryRow Exec Prepare Queryx QueryRowx MustExec NamedExec NamedQuery Preparex PrepareNamed Rebind',
  ),
  ...methodsOf(
    'gorm.io/gorm',
    'DB',
    'Raw Exec Where Or Not Having Order Group Select Joins Table Distinct Pluck',
  ),
  'gorm.io/gorm.Expr',
  ...methodsOf('github.com/go-pg/pg', 'DB Tx Conn', 'Exec ExecOne Prepare'),
  ...methodsOf(
    'github.com/go-pg/pg/orm',
    'Query',
    'Where WhereOr OrderExpr ColumnExpr TableExpr Join GroupExpr Having',
  ),
  ...methodsOf('github.com/uptrace/bun', 'DB Tx Conn', 'NewRaw Query QueryRow Exec Prepare'),
  ...methodsOf('xorm.io/xorm', 'Engine Session', 'SQL Sql Exec Query QueryString Where And OrderBy Having'),
  ...methodsOf('github.com/beego/beego/client/orm', 'Ormer TxOrmer', 'Raw'),
  ...membersOf(squirrel, 'Expr'),
  'gorm.io/gorm/clause.Expr',
  'github.com/doug-martin/goqu.L',
  'github.com/gocraft/dbr.Session.SelectBySql',
  'github.com/go-gorp/gorp.DbMap.Exec',
  'github.com/go-gorp/gorp.DbMap.SelectInt',
  'github.com/mattn/go-sqlite3.SQLiteConn.Exec',
];

/** The query comes after the context, or after where the rows go. */
const second = [
  ...methodsOf('database/sql', 'DB Tx Conn', 'QueryContext QueryRowContext ExecContext PrepareContext'),
  ...methodsOf(
    'github.com/jmoiron/sqlx',
    'DB Tx Conn',
    'QueryContext QueryRowContext ExecContext PrepareContext QueryxContext QueryRowxContext MustExecContext NamedExecContext ' +
      'PreparexContext Get Select',
  ),
  ...membersOf('github.com/jmoiron/sqlx', 'Get Select NamedExec'),
  ...['Conn', 'Tx'].flatMap(type => membersOf(`${pgx}.${type}`, 'Query QueryRow Exec')),
  ...['Pool', 'Conn', 'Tx'].flatMap(type => membersOf(`${pgx}/pgxpool.${type}`, 'Query QueryRow Exec')),
  ...methodsOf('github.com/go-pg/pg', 'DB Tx Conn', 'Query QueryOne ExecContext'),
  ...methodsOf('github.com/uptrace/bun', 'DB Tx Conn', 'QueryContext QueryRowContext ExecContext'),
  'github.com/go-gorp/gorp.DbMap.Select',
  'github.com/go-gorp/gorp.DbMap.SelectOne',
  'cloud.google.com/go/bigquery.Client.Query',
];

/** How queries begin; a method called `Query` on something unknown is one of a database when it is given such text. */
const QUERY =
  /^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|MERGE|WITH|CREATE|DROP|ALTER|TRUNCATE|CALL|EXEC|GRANT|SET|SHOW|USE|COPY)\s/i;
/** Methods of many things have these names; only what is certainly a query counts. */
const SELECTION = /\bSELECT\s[\s\S]*\sFROM\s/i;

const remedy =
  'Write the query with placeholders (`?`, `$1`) and hand the values over as arguments; take names of columns from a list.';

/** Queries put together as text. */
export const sqlRule = sinkRule({
  id: 'PW-GO-SQL',
  title: 'A query is put together as text',
  category: 'sql-injection',
  cwe: 89,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A quote in the text ends the value and begins more of the query: whoever writes it reads and changes the database.',
    remedy,
    bad: `import (\n\t"database/sql"\n\t"net/http"\n)\n\nfunc find(db *sql.DB, r *http.Request) {\n\tdb.Query("SELECT * FROM users WHERE name = '" + r.FormValue("name") + "'")\n}`,
    good: 'import (\n\t"database/sql"\n\t"net/http"\n)\n\nfunc find(db *sql.DB, r *http.Request) {\n\tdb.Query("SELECT * FROM users WHERE name = ?", r.FormValue("name"))\n}',
  },
  does: 'becomes part of a query',
  sinks: [
    { call: first, from: 'built', when: isBuiltOrForeign },
    { call: second, argument: 1, from: 'built', when: isBuiltOrForeign },
    {
      call: [`${pgx}.Conn.Prepare`, `${pgx}.Tx.Prepare`],
      argument: 2,
      from: 'built',
      when: isBuiltOrForeign,
    },
    {
      call: [
        'gorm.io/gorm.DB.First',
        'gorm.io/gorm.DB.Find',
        'gorm.io/gorm.DB.Take',
        'gorm.io/gorm.DB.Last',
        'gorm.io/gorm.DB.Delete',
      ],
      argument: 1,
      from: 'built',
      when: (event, value, context) =>
        context.values.isBuilt(value) ||
        (context.values.taintOf(value, 'sql-injection') !== undefined &&
          isBuiltOrForeign(event, value, context)),
    },
    { write: ['gorm.io/gorm/clause.Expr.SQL'], from: 'built', when: isBuiltOrForeign },
    {
      call: ['?.Get', '?.Select'],
      argument: 1,
      from: 'built',
      when: (_event, value, { values }) => values.isBuilt(value) && SELECTION.test(values.patternOf(value)),
    },
    {
      call: ['Query', 'QueryRow', 'Exec', 'Prepare', 'Queryx', 'MustExec', 'Raw'].map(name => `?.${name}`),
      argument: 'any',
      from: 'built',
      when: (_event, value, { values }) => values.isBuilt(value) && QUERY.test(values.prefixOf(value)),
    },
    {
      call: [
        'QueryContext',
        'QueryRowContext',
        'ExecContext',
        'PrepareContext',
        'QueryxContext',
        'NamedExecContext',
        'GetContext',
        'SelectContext',
      ].map(name => `?.${name}`),
      argument: 'any',
      from: 'built',
      when: (_event, value, { values }) => values.isBuilt(value) && QUERY.test(values.prefixOf(value)),
    },
    {
      call: [
        'Where',
        'OrderBy',
        'Having',
        'GroupBy',
        'Suffix',
        'Prefix',
        'Column',
        'Columns',
        'From',
        'Join',
        'LeftJoin',
      ].flatMap(name =>
        ['Select()', 'Update()', 'Delete()', 'Insert()'].map(start => `${squirrel}.${start}.${name}`),
      ),
      from: 'built',
      when: isBuiltOrForeign,
    },
  ],
});
