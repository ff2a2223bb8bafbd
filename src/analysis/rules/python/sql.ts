import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { python } from './misuse.ts';

const SQL =
  /^[\s(]*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|create|drop|alter|with|merge|replace|call|exec(?:ute)?|pragma|grant|revoke|truncate|show|use|set|declare|begin|explain|attach|copy|vacuum)\b/i;
const DATABASE =
  /(?:^|[._])(?:\w*cur(?:s|sor)?|\w*conn(?:ection)?|\w*db|database|\w*session|engine|sql|tx|transaction|c|crsr|pool)\d*$/;

export const sqlRule = sinkRule({
  id: 'PW-PY-SQL',
  title: 'SQL is put together from text',
  category: 'sql-injection',
  cwe: 89,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'A quote in the text ends the value and starts SQL of somebody else’s: all data can be read, changed or deleted.',
    remedy: 'Write placeholders (`?`, `%s`, `:name`) into the SQL and hand the values over separately.',
    bad: 'import sqlite3\n\ndef find(name):\n    db = sqlite3.connect("a.db")\n    return db.execute("SELECT * FROM users WHERE name = \'" + name + "\'")',
    good: 'import sqlite3\n\ndef find(name):\n    db = sqlite3.connect("a.db")\n    return db.execute("SELECT * FROM users WHERE name = ?", (name,))',
  },
  does: 'is run as SQL',
  sinks: [
    {
      call: [
        'dbapi.Cursor.execute',
        'dbapi.Cursor.executemany',
        'dbapi.Cursor.executescript',
        'dbapi.Connection.execute',
        'dbapi.Connection.executemany',
        'dbapi.Connection.executescript',
        'sqlalchemy.text',
        'sqlalchemy.literal_column',
        'sqlalchemy.Session.execute',
        'sqlalchemy.Session.scalar',
        'sqlalchemy.Session.scalars',
        'sqlalchemy.Connection.execute',
        'sqlalchemy.Connection.exec_driver_sql',
        'sqlalchemy.Engine.execute',
        'asyncpg.Connection.execute',
        'asyncpg.Connection.fetch',
        'asyncpg.Connection.fetchrow',
        'asyncpg.Connection.fetchval',
        'asyncpg.Connection.prepare',
        'databases.Database.execute',
        'databases.Database.fetch_all',
        'databases.Database.fetch_one',
        'django.db.models.RawSQL',
        'psycopg2.sql.SQL',
        'psycopg.sql.SQL',
        'peewee.SQL',
        'peewee.RawQuery',
        'pandas.read_sql',
        'pandas.read_sql_query',
        'polars.read_database',
        'duckdb.sql',
        'duckdb.query',
        'duckdb.execute',
        'records.Database.query',
        'pyspark.sql.SparkSession.sql',
        'google.cloud.bigquery.Client.query',
      ],
      argument: 0,
      from: 'built',
      when: (event, value, context) => isOpenQuery(event, value, context, true),
    },
    {
      call: [
        '?.execute',
        '?.executemany',
        '?.executescript',
        '?.exec_driver_sql',
        '?.execute_sql',
        '?.fetch',
        '?.fetchrow',
        '?.fetchval',
        '?.fetch_all',
        '?.fetch_one',
        '**.raw',
        '?.query',
        '?.sql',
        '?.from_statement',
        '**.execute',
        '**.executemany',
        '**.executescript',
        '**.execute_sql',
        '**.read_sql',
      ],
      argument: 0,
      from: 'built',
      when: (event, value, context) => isOpenQuery(event, value, context, false),
    },
    {
      call: ['**.extra'],
      argument: 'any',
      from: 'built',
      does: 'is written into the SQL of a query',
      when: event =>
        'args' in event &&
        event.args.some(({ name }) => /^(?:where|select|tables|order_by)$/.test(name ?? '')),
    },
  ],
});

/** Text of others in a query, and not the query itself handed on by a function that only runs it. */
function isOpenQuery(
  event: CallEvent | WriteEvent,
  value: Abstract,
  { values }: RuleContext,
  isKnown: boolean,
): boolean {
  if (!('args' in event)) return false;
  // The `text(…)` in it is reported.
  if (values.pathsOf(value).some(path => /\.(?:text|SQL|select|insert|update|delete)\(?\)?/.test(path)))
    return false;
  const isBuilt = values.isBuilt(value, 'sql-injection');
  const taint = values.taintOf(value, 'sql-injection');
  if (isBuilt) return isKnown || SQL.test(values.patternOf(value)) || SQL.test(values.prefixOf(value));
  if (value.fields !== undefined) return false;
  return taint?.level === 'user' && (isKnown || DATABASE.test(event.receiverText));
}
