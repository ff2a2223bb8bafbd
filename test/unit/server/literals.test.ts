import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hostsIn, type LiteralSyntax, literalsOf } from '../../../src/server/sources/index.ts';

const seen = (text: string, syntax: LiteralSyntax): string[] =>
  literalsOf(text, syntax).map(literal =>
    [literal.receiver, literal.callee, literal.text].filter(part => part !== undefined).join(' '),
  );

it('reads the literals of JavaScript with the call they stand in', () => {
  const text = `
    // 'comment' and "comment"
    /* 'comment' */
    a.b.register('one', x); c?.emit("two"); execute<T>(\`three\`);
    const r = /['"]/g, s = x / 2 / 'four'.length; y = \`\${'no'}\`;
    it('five \\'s', \`six\`);
  `;
  assert.deepEqual(seen(text, 'javascript'), [
    'a.b register one',
    'c emit two',
    'execute three',
    'four',
    "it five \\'s",
    'six',
  ]);
});

it('reads the literals of Python, Go and Rust', () => {
  assert.deepEqual(seen(`# "no"\n"""no"""\np.register('one', "two")\n'''no'''`, 'python'), [
    'p register one',
    'two',
  ]);
  assert.deepEqual(seen('// "no"\n/* "no" */ p.Register("one", `two`, \'"\')', 'go'), [
    'p Register one',
    'two',
  ]);
  assert.deepEqual(
    seen(`// "no"\nlet c = '"'; p.register("one"); fn f<'a>(x: &'a str) {} r#"no"# "two"`, 'rust'),
    ['p register one', 'two'],
  );
});

it('is done in time with text that is made to be slow', () => {
  for (const text of [
    '/'.repeat(50_000),
    "'".repeat(50_000),
    '"\\'.repeat(25_000),
    '('.repeat(50_000),
    '=/['.repeat(20_000),
  ]) {
    for (const syntax of ['javascript', 'python', 'go', 'rust'] as const) literalsOf(text, syntax);
  }
});

it('finds the hosts of other machines in web addresses', () => {
  const text = `f('https://a.example.com/x'); g("wss://B.example.org:8080"); h('http://127.0.0.1:1'); i('http://localhost');
    j('https://user:pw@c.example.net?q'); k('see https://d.example.com'); l('https://a.example.com/y')`;
  const source = { file: '/p/a.js', text, literals: literalsOf(text, 'javascript') };
  assert.deepEqual(
    hostsIn([source]).map(({ host }) => host),
    ['a.example.com', 'b.example.org', 'c.example.net'],
  );
});
