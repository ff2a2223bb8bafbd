import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

/** Text that a database would read as a command. */
const SQL =
  /^\s*(?:--.*\n\s*)*\(?\s*(?:select\b[\s\S]*\bfrom\b|insert\s+(?:ignore\s+)?into\b|replace\s+into\b|update\s+\S+[\s\S]*\bset\b|delete\s+from\b|create\s+(?:table|database|user|index|view|role)\b|drop\s+(?:table|database|user|index|view)\b|alter\s+(?:table|user)\b|truncate\s|with\s+\w+\s+as\b|merge\s+into\b|grant\s|call\s+\w|exec(?:ute)?\s|set\s+\w|use\s|show\s|pragma\s|copy\s+\S)/i;

/** Methods of any driver that take SQL as their first argument, when the text looks like it. */
const ANY =
  'query execute exec run all get each raw prepare queryAsync $queryRawUnsafe $executeRawUnsafe one none many any oneOrNone manyOrNone request batch send queryRow sql unsafe'
    .split(' ')
    .map(name => `**.${name}`);

/** Methods that take nothing but SQL; here anything tainted counts. */
const CERTAIN = [
  'mysql.Connection.query',
  'mysql.Connection.execute',
  'pg.Client.query',
  'sqlite3.Database.run',
  'sqlite3.Database.all',
  'sqlite3.Database.get',
  'sqlite3.Database.each',
  'sqlite3.Database.exec',
  'sqlite3.Database.prepare',
  'better-sqlite3.prepare',
  'better-sqlite3.exec',
  'knex.Knex.raw',
  'sequelize.Sequelize.query',
  'sequelize.Sequelize.literal',
  'mssql.Request.query',
  'mssql.query',
  '**.$queryRawUnsafe',
  '**.$executeRawUnsafe',
  '**.whereRaw',
  '**.orderByRaw',
  '**.havingRaw',
  '**.groupByRaw',
  '**.joinRaw',
  '**.fromRaw',
  '**.selectRaw',
  'typeorm.DataSource.query',
  'typeorm.EntityManager.query',
  'typeorm.Repository.query',
  'snowflake-sdk.Connection.execute',
  '@prisma/client.Prisma.raw',
  'drizzle-orm.sql.raw',
  'oracledb.Connection.execute',
];

export const sqlRule: Rule = {
  id: 'PW-JS-SQL',
  title: 'An SQL command is put together from text',
  category: 'sql-injection',
  cwe: 89,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'A quote in the text ends the value and begins another command: whoever writes it reads and changes the whole database.',
    remedy: 'Give values as parameters, apart from the command.',
    bad: "db.query('SELECT * FROM users WHERE name = \\'' + name + '\\'');",
    good: "db.query('SELECT * FROM users WHERE name = ?', [name]);",
  },
  watches: [
    { on: 'call', of: CERTAIN, check: (call, context) => judge(call, true, context) },
    { on: 'call', of: ANY, check: (call, context) => judge(call, false, context) },
    {
      on: 'call',
      of: ['**.where', '**.andWhere', '**.orWhere', '**.having', '**.orderBy', '**.addSelect'],
      check: (call, context) => judgeClause(call, context),
    },
  ],
};

/** `Sequelize.literal` and query builders get parts of a command. */
function judgeClause(call: CallEvent, context: RuleContext): void {
  const value = call.args[0]?.value;
  if (value?.text === undefined) return;
  const { values } = context;
  const taint = values.taintOf(value, 'sql-injection');
  const looksLikeClause = /[=<>]\s*['"]?%?\*|\b(?:like|in)\s*\(?\s*['"]?%?\*/i.test(values.patternOf(value));
  if (!looksLikeClause || !values.isBuilt(value, 'sql-injection')) return;
  report(call, taint, context);
}

function judge(call: CallEvent, isCertain: boolean, context: RuleContext): void {
  // A tag gets the values apart from the text.
  if (call.node.child('arguments')?.type === 'template_string') return;
  const { values } = context;
  const first = call.argument(0)?.value;
  const value =
    first?.fields === undefined
      ? first
      : (call.option('text') ??
        call.option('sql') ??
        call.option('query') ??
        call.option('sqlText') ??
        first);
  if (value === undefined || value.callable !== undefined || values.isFixed(value)) return;
  const taint = values.taintOf(value, 'sql-injection');
  const pattern = values.patternOf(value).slice(0, 1_000);
  const isBuilt = value.text !== undefined && values.isBuilt(value, 'sql-injection');
  const looksLikeSql = SQL.test(pattern);
  if (isCertain ? taint?.level !== 'user' && !isBuilt : !(looksLikeSql && isBuilt)) return;
  // A name of a table or column that is itself made of constants is no value of anybody.
  report(call, taint, context);
}

function report(
  call: CallEvent,
  taint: ReturnType<RuleContext['values']['taintOf']>,
  context: RuleContext,
): void {
  const who =
    taint === undefined
      ? 'Text that is not fixed'
      : taint.source.charAt(0).toUpperCase() + taint.source.slice(1);
  context.report(call.node, {
    message: `${who} is put into an SQL command (\`${call.method}\`).`,
    severity: taint?.level === 'user' ? 'error' : 'warning',
    taint,
  });
}
