import { aliases, type KnowledgePart } from './part.ts';

const ROW = { level: 'local' as const, what: 'a database’s row' };

/** Methods of drivers that give rows, to whoever waits or to a function. */
const QUERIES = ['query', 'execute', 'all', 'each'];
const FINDERS =
  'findById findOne findAll findByPk findUnique findFirst findMany findOneBy findOneOrFail findAndCountAll findByIdAndUpdate findOneAndUpdate findOneAndDelete aggregate queryRaw getMany getOne getRawMany'.split(
    ' ',
  );

/** Drivers: what their connections are called. What they give back was stored by someone. */
export const databases: KnowledgePart = {
  handlers: QUERIES.map(name => ({ call: `**.${name}`, params: [undefined, ROW], rest: ROW })),
  sources: [...QUERIES, ...FINDERS].map(name => ({ path: `**.${name}()`, ...ROW })),
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
