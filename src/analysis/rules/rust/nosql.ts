import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const nosqlRule = sinkRule({
  id: 'PW-RS-NOSQL',
  title: 'A database runs a script put together as text',
  category: 'sql-injection',
  cwe: 943,
  severity: 'error',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'The database runs the text as code: whoever chooses a part of it reads and changes what they like.',
    remedy: 'Keep scripts constant and pass values as arguments.',
    bad: `fn run(con: &mut redis::Connection, key: &str) {
    let result = redis::Script::new(&format!("return redis.call('get', '{}')", key));
}`,
    good: `fn run(con: &mut redis::Connection, key: &str) {
    let result = redis::Script::new("return redis.call('get', KEYS[1])").key(key);
}`,
  },
  does: 'is run by the database',
  sinks: [
    {
      call: calls(
        'redis.Script.new neo4rs.query neo4rs.Query.new surrealdb.Surreal.query arangors.Database.aql_str',
      ),
      from: 'built',
    },
  ],
});
