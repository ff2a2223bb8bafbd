import { aliases, type KnowledgePart } from './part.ts';

/** Drivers: what their connections are called. What they give back was stored by someone. */
export const databases: KnowledgePart = {
  sources: [
    'mysql.Connection.query()',
    'pg.Client.query()',
    'sqlite3.Database.all()',
    'better-sqlite3.prepare().all()',
  ].map(path => ({ path, level: 'local' as const, what: 'a database’s row' })),
  same: {
    ...aliases(
      'mysql.Connection',
      'mysql.createConnection() mysql.createPool() mysql2.createConnection() mysql2.createPool()',
    ),
    ...aliases(
      'mysql.Connection',
      'mariadb.createConnection() mariadb.createPool() mysql.Connection.getConnection()',
    ),
    ...aliases('mysql.Connection', 'mysql.Connection.promise() serverless-mysql()'),
    ...aliases(
      'pg.Client',
      'pg.Pool pg.Pool() pg.PoolClient pg.Client.connect() @neondatabase/serverless.Pool',
    ),
    ...aliases('sqlite3.Database', 'sqlite3.cached.Database sqlite.open() sqlite3.verbose().Database'),
    ...aliases('sqlite3', 'sqlite3.verbose()'),
    ...aliases('knex.Knex', 'knex() knex.knex() knex.default()'),
    ...aliases('sequelize.Sequelize', 'sequelize sequelize.Sequelize.Sequelize'),
    ...aliases('mongodb.Db', 'mongodb.MongoClient.db() mongodb.MongoClient.connect().db()'),
    ...aliases(
      'mongodb.Collection',
      'mongodb.Db.collection() mongoose.model() mongoose.Model mongoose.connection.collection()',
    ),
    ...aliases('ldapjs.Client', 'ldapjs.createClient() ldapts.Client'),
  },
};
