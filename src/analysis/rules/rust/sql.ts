import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';
import { isOwn, isQuery } from './queries.ts';

export const sqlRule = sinkRule({
  id: 'PW-RS-SQL',
  title: 'A query is put together as text',
  category: 'sql-injection',
  cwe: 89,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'Whoever chooses a part of the text chooses what the database does: read, change or delete everything it holds.',
    remedy: 'Write the query as a constant with placeholders and bind the values.',
    bad: `fn find(db: &rusqlite::Connection, name: &str) {
    let row = db.query_row(&format!("SELECT id FROM users WHERE name = '{}'", name), [], |r| r.get::<_, i64>(0));
}`,
    good: `fn find(db: &rusqlite::Connection, name: &str) {
    let row = db.query_row("SELECT id FROM users WHERE name = ?1", [name], |r| r.get::<_, i64>(0));
}`,
  },
  does: 'becomes part of a database query',
  sinks: [
    {
      call: calls(
        'sqlx.query sqlx.query_as sqlx.query_scalar sqlx.raw_sql sqlx.query_with sqlx.query_as_with sqlx.query_scalar_with sqlx.Connection.execute',
        'sqlx.Connection.fetch_one sqlx.Connection.fetch_all sqlx.Connection.fetch_optional sqlx.Connection.prepare sqlx.Connection.fetch',
        'diesel.sql_query diesel.sql diesel.Connection.batch_execute diesel.Connection.execute diesel.connection.SimpleConnection.batch_execute',
        'rusqlite.Connection.execute rusqlite.Connection.execute_batch rusqlite.Connection.prepare rusqlite.Connection.prepare_cached',
        'rusqlite.Connection.query_row rusqlite.Connection.query_row_and_then rusqlite.Connection.query_one',
        'postgres.Client.execute postgres.Client.query postgres.Client.query_one postgres.Client.query_opt postgres.Client.simple_query',
        'postgres.Client.batch_execute postgres.Client.prepare postgres.Client.query_raw postgres.Client.execute_raw postgres.Client.copy_in',
        'mysql.Conn.query mysql.Conn.query_drop mysql.Conn.query_first mysql.Conn.query_iter mysql.Conn.query_map mysql.Conn.query_fold',
        'mysql.Conn.exec mysql.Conn.exec_drop mysql.Conn.exec_first mysql.Conn.exec_iter mysql.Conn.exec_map mysql.Conn.prep mysql.Conn.exec_batch',
        'sqlite.Connection.execute sqlite.Connection.prepare sqlite.Connection.iterate sqlite.open().execute sqlite.open().prepare sqlite.open().iterate',
        'duckdb.Connection.execute duckdb.Connection.execute_batch duckdb.Connection.prepare duckdb.Connection.query_row',
        'libsql.Connection.execute libsql.Connection.query libsql.Connection.execute_batch',
        'clickhouse.Client.query tiberius.Client.simple_query tiberius.Query.new scylla.Session.query scylla.Session.query_unpaged',
      ),
      from: 'built',
    },
    {
      call: calls('sea_orm.Statement.from_string sea_orm.Statement.from_sql_and_values'),
      argument: 1,
      from: 'built',
    },
    {
      call: calls(
        '**.query_row **.query_one **.query_opt **.query_drop **.query_first **.query_iter **.query_map **.execute_batch **.batch_execute **.simple_query',
        '**.execute **.prepare **.query **.execute_unprepared **.query_raw **.fetch_one **.fetch_all **.prepare_cached **.exec_drop **.exec_first **.sql_query',
        '**.query_drop **.simple_query **.batch_execute **.execute_batch **.execute_unprepared',
      ),
      argument: 'any',
      from: 'built',
      when: (event, value, context) => !isOwn(event) && isQuery(value, context.values),
    },
    {
      call: calls('**.push **.push_unseparated'),
      from: 'built',
      when: (_event, value, context) => isQuery(value, context.values),
    },
  ],
});
