import { aliases, type KnowledgePart, sources } from './part.ts';

/** Drivers: what their connections are called. What they give back was stored by someone. */
export const databases: KnowledgePart = {
  sources: sources(
    'local',
    'a database’s rows',
    'rusqlite.Row.get() rusqlite.Row.get_unwrap() tokio_postgres.Row.get() postgres.Row.get() sqlx.Row.get() sqlx.Row.try_get() mysql.Row.get() mysql.Row.take()',
  ),
  same: {
    ...aliases(
      'rusqlite.Connection',
      'rusqlite.Connection.open() rusqlite.Connection.open_in_memory() rusqlite.Transaction rusqlite.Connection.transaction()',
    ),
    ...aliases(
      'postgres.Client',
      'tokio_postgres.Client tokio_postgres.connect() postgres.Client.connect() postgres.Transaction tokio_postgres.Transaction ' +
        'deadpool_postgres.Client deadpool_postgres.Pool.get() bb8_postgres.PooledConnection postgres.Client.transaction()',
    ),
    ...aliases(
      'mysql.Conn',
      'mysql.PooledConn mysql.Pool.get_conn() mysql_async.Conn mysql_async.Pool.get_conn() mysql.Conn.new() mysql.Transaction mysql_async.Transaction',
    ),
    ...aliases('mysql.Pool', 'mysql_async.Pool mysql.Pool.new()'),
    ...aliases(
      'sqlx.Connection',
      'sqlx.mysql.MySqlPoolOptions.connect() sqlx.postgres.PgPoolOptions.connect() sqlx.sqlite.SqlitePoolOptions.connect() sqlx.any.AnyPoolOptions.connect() ' +
        'sqlx.mysql.MySqlPoolOptions.connect_with() sqlx.postgres.PgPoolOptions.connect_with() sqlx.sqlite.SqlitePoolOptions.connect_with() ' +
        'sqlx.sqlite.SqlitePool sqlx.postgres.PgPool sqlx.mysql.MySqlPool sqlx.AnyConnection sqlx.Transaction sqlx.pool.PoolConnection ' +
        'sqlx.PgPool.connect() sqlx.MySqlPool.connect() sqlx.SqlitePool.connect() sqlx.PgPool sqlx.MySqlPool sqlx.SqlitePool ' +
        'sqlx.PgConnection sqlx.SqliteConnection sqlx.MySqlConnection sqlx.Pool sqlx.AnyPool sqlx.Executor',
    ),
    ...aliases(
      'diesel.Connection',
      'diesel.PgConnection diesel.SqliteConnection diesel.MysqlConnection diesel.pg.PgConnection diesel.sqlite.SqliteConnection ' +
        'diesel.mysql.MysqlConnection diesel.r2d2.PooledConnection',
    ),
    ...aliases('sqlx.mysql.MySqlPoolOptions', 'sqlx.mysql.MySqlPoolOptions.max_connections()'),
    ...aliases('sqlx.postgres.PgPoolOptions', 'sqlx.postgres.PgPoolOptions.max_connections()'),
    ...aliases('sqlx.sqlite.SqlitePoolOptions', 'sqlx.sqlite.SqlitePoolOptions.max_connections()'),
    ...aliases('sqlx.query', 'sqlx.query.query sqlx.query_with'),
    ...aliases('sea_orm.Statement', 'sea_orm.prelude.Statement'),
    ...aliases('ldap3.Ldap', 'ldap3.LdapConn ldap3.LdapConnAsync.new() ldap3.LdapConn.new()'),
    ...aliases('ssh2.Channel', 'ssh2.Session.channel_session()'),
    ...aliases(
      'redis.Connection',
      'redis.Client.get_connection() redis.aio.MultiplexedConnection redis.aio.ConnectionManager',
    ),
  },
};
