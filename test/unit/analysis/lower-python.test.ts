import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { ModuleIr } from '../../../src/analysis/ir/index.ts';
import { pythonLowering } from '../../../src/analysis/lower/python/index.ts';
import { functionText, printed, pythonLowerer, value } from './lower-python-print.ts';

let lower: (text: string) => ModuleIr;
before(async () => {
  lower = await pythonLowerer();
});

/** Source → the intermediate form of its last statement. */
const statements: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'text put together': [
    ['f"a{x!r:>{w}}b{{c"', 'text<"a" @x @w "b{c">'],
    ['f"{price:.2f} {n:d}"', 'text<@int(@price) " " @int(@n)>'],
    ['f"{x=}"', 'text<"x=" @x>'],
    ['"a" "b" f"{c}"', 'text<"ab" @c>'],
    ['"a" + x + y', 'text<"a" @x @y>'],
    ['x + y + "a"', 'text<@x @y "a">'],
    ['"a" + "b"', '"ab"'],
    ['"%s is %d, 100%%" % (x, y)', 'text<@x " is " @int(@y) ", 100%">'],
    ['"%(a)s" % {"a": x}', 'text<@x>'],
    ['"%s" % x', 'text<@x>'],
    ['"{} {b} {0}".format(x, b=y)', 'text<@x " " @y " " @x>'],
    ['"{0.name} {{}}".format(x)', 'text<@x.name " {}">'],
    ['"{:>{}}".format(x, y)', 'text<@x @y>'],
    ['", ".join([x, "b"])', 'text<@x ", b">'],
    ['" ".join(x)', 'text<@x[?()] " " @x[?()]>'],
    [String.raw`b"\x00\101" r"\d"`, JSON.stringify(String.raw`${'\0'}A\d`)],
    [String.raw`"\u00e9\N{DASH}\U0001F600"`, '"é\ufffd😀"'],
  ],
  expressions: [
    ['a or b or c', '((@a or @b) or @c)'],
    ['not a in b', '!(@a in @b)'],
    ['1 < x <= 3', '((1 < @x) and (@x <= 3))'],
    ['a is not None', '(@a is not None)'],
    ['x if t else y', 'choice(@t ? @x | @y)'],
    ['d["k"][i][1:2]', '@d["k"][@i][:]'],
    ['await f(*a, k=1, **b)', '@f(*@a, k=1, **@b)'],
    ['{"a": 1, k: 2, **d}', '{a: 1, @k: 2, **: @d}'],
    ['[1, *x]', '[1, *@x]'],
    ['"?" * n', 'do{@n}→"?"'],
    ['-1', '-1'],
    ['0x1F + 1_000', '(31 + 1000)'],
    ['getattr(os, "sys" + "tem")', '@os.system'],
    ['getattr(os, name)', '@getattr(@os, @name)'],
    ['__import__("os").system', 'do{@__import__("os"); import os os=(module)}→os.system'],
    ['dict(a=1, **b)', '{a: 1, **: @b}'],
    ['lambda x, *y: x', 'fn (x, *y) {return x}'],
    ['(n := f())', '(n = @f())'],
  ],
  comprehensions: [
    ['[a for a in b if a]', 'do{(list) = []; loop a in values @b {if a {(list)[?()] = a} else {}}}→(list)'],
    [
      '{k: v for k, v in d.items()}',
      'do{(record) = {}; loop (0→k, 1→v) in entries @d {(record)[k] = v}}→(record)',
    ],
    ['x = 1\n[x for x in x]', 'do{(list) = []; loop x in values x {(list)[?()] = x}}→(list)'],
  ],
  statements: [
    ['a, (b, *c) = f()', '(0→a, 1→(0→b, rest→c)) = @f()'],
    ['a = b = 1', 'a = (b = 1)'],
    ['o.x[k] += 1', '@o.x[@k] += 1'],
    ['x: Optional["m.T"] = None', 'x: @m.T = None'],
    ['for i, x in enumerate(y): pass', 'loop (0→i, 1→x) in entries @y {}'],
    ['for k in d.keys(): pass', 'loop k in keys @d {}'],
    ['while a: b()\nelse: c()', '@c()'],
    ['with open(p) as f, g: f.read()', 'f.read()'],
    [
      'try:\n a()\nexcept E as e:\n b()\nelse:\n c()\nfinally:\n d()',
      'try {@a(); @c()} catch e {@b()} finally {@d()}',
    ],
    ['if a: b\nelif c: d\nelse: e', 'if @a {@b} else {if @c {@d} else {@e}}'],
    ['assert a, "m"', 'if !@a {throw nothing} else {}'],
    ['import sys\nsys.exit(1)', 'throw nothing'],
    ['exec "x" in ns', '@exec("x", @ns)'],
    [
      'match a:\n case "x" | "y": b\n case [1, c]: c\n case {"k": d}: d\n case P(e=f) if f: f\n case _: g',
      'switch @a case ["x", "y"]  {@b} case [?()] (1→c) {c} case [?()] (k→d) {d} case [?()] (e→f) {if f {f} else {}} case []  {@g}',
    ],
  ],
  imports: [
    ['import a.b', 'import a a=(module)'],
    ['import a.b as c', 'import a.b c=(module)'],
    ['from a.b import c, d as e', 'import a.b c=c e=d'],
    ['from .a import b', 'import .a b=b'],
    ['from .. import b', 'import ..b b=(module)'],
    ['from a import *', 'import a all'],
  ],
};

describe('the lowering of Python', () => {
  for (const [about, cases] of Object.entries(statements)) {
    for (const [source, expected] of cases) {
      it(`${about}: ${source.split('\n')[0]}`, () => {
        assert.equal(printed(lower(source).body.slice(-1)), expected);
      });
    }
  }

  it('makes a name that a function assigns its own, unless it says global', () => {
    const { functions } = lower('x = 1\ndef f():\n  x = 2\n  return x\ndef g():\n  global x\n  x = 3\n');
    const bindings = functions.map(({ body }) => {
      const assign = body.find(one => one.kind === 'assign');
      return assign?.kind === 'assign' && assign.target.kind === 'binding'
        ? assign.target.binding
        : undefined;
    });
    const outer = lower('x = 1').scope.own('x');
    assert.ok(outer);
    assert.notEqual(bindings[0], bindings[1]);
    assert.equal(bindings[1]?.node?.start, 0);
  });

  it('puts methods into their class, with the first parameter as receiver', () => {
    const { classes } = lower(
      'class A(B):\n  n: int = 1\n  def __init__(self, x):\n    self.x: str = x\n  @classmethod\n  def make(cls, y): return cls(y)\n  @staticmethod\n  def s(z): return z\n',
    );
    const [only] = classes;
    assert.ok(only);
    assert.deepEqual(
      [...only.methods].map(([name, method]) => `${name}: ${functionText(method)}`),
      [
        'constructor: fn __init__(x) {self.x = x}',
        'make: fn make(y) {return A(y)}',
        's: fn s(z) {return z}',
      ].map(text => text.replace('self.x =', 'self.x: @str =')),
    );
    assert.equal(only.methods.get('constructor')?.receiver?.kind, 'binding');
    assert.equal(only.methods.get('s')?.receiver, undefined);
    assert.deepEqual([...only.fields.keys()], ['n']);
    assert.deepEqual(
      [...only.fieldTypes].map(([name, type]) => `${name}: ${value(type)}`),
      ['x: @str', 'n: @int'],
    );
    assert.deepEqual(only.bases.map(value), ['@B']);
  });

  it('keeps decorators, types and what is public', () => {
    const { functions } = lower(
      '@app.get("/u/<int:uid>/<name>")\nasync def f(uid, name: "str | None" = None, *, b: list[int]) -> Response:\n  def inner(): pass\ndef _g(): pass\n',
    );
    const [f, inner, g] = functions;
    assert.ok(f && inner && g);
    assert.deepEqual(f.decorators.map(value), ['@app.get("/u/<int:uid>/<name>")']);
    assert.equal(functionText(f).split(' {')[0], 'fn f(uid: @int, name: @str = None, b: @list)');
    assert.equal(value(f.returns), '@Response');
    assert.deepEqual(
      [f, inner, g].map(one => [one.isPublic, one.isAsync]),
      [
        [true, true],
        [false, false],
        [false, false],
      ],
    );
  });

  it('hands what a route returns to the framework', () => {
    const { functions } = lower('@app.route("/")\ndef f():\n  def g(): return 1\n  return g()\n');
    assert.deepEqual(
      functions.map(one => functionText(one)),
      ['fn f() {g = fn g() {return 1}; return @(response)(g(), @app.route)}', 'fn g() {return 1}'],
    );
  });

  it('gathers comments and texts', () => {
    const { comments, texts } = lower('# a\nx = f("k", f"l{y}m")  # b\n');
    assert.equal(comments.length, 2);
    assert.deepEqual(
      texts.map(text => text.value),
      ['k', 'l', 'm'],
    );
  });

  it('gives every name outside the file its path', () => {
    const { globalPath, modulePath, memberPath } = pythonLowering;
    assert.equal(globalPath('eval'), 'builtins.eval');
    assert.equal(globalPath('whatever'), undefined);
    assert.equal(modulePath('cPickle'), 'pickle');
    assert.equal(modulePath('Cryptodome.Cipher.AES'), 'Crypto.Cipher.AES');
    assert.equal(modulePath('.a'), undefined);
    assert.equal(memberPath('io', 'open'), 'builtins.open');
    assert.equal(memberPath('os', 'path'), 'os.path');
  });

  it('knows which of the own files a module may be', () => {
    const { ownFiles } = pythonLowering;
    assert.deepEqual(ownFiles('.b', 'p/a.py'), ['p/b.py', 'p/b/__init__.py']);
    assert.deepEqual(ownFiles('..c.d', 'p/q/a.py'), ['p/c/d.py', 'p/c/d/__init__.py']);
    assert.deepEqual(ownFiles('.', 'p/a.py'), ['p/__init__.py']);
    assert.deepEqual(ownFiles('m', 'a.py').slice(0, 2), ['m.py', 'm/__init__.py']);
  });

  it('survives what no person writes', () => {
    const deep = `x = ${'('.repeat(1_500)}a${')'.repeat(1_500)}`;
    const chain = `x = ${Array.from({ length: 4_000 }, (_, i) => `a${i}`).join(' + ')}`;
    const texts = `x = ${Array.from({ length: 2_000 }, () => '"a" + b').join(' + ')}`;
    const methods = `x = a${'.b()'.repeat(1_200)}`;
    const ifs = `if a: pass\n${'elif b: pass\n'.repeat(3_000)}`;
    for (const text of [chain, texts, methods, ifs, deep]) assert.equal(lower(text).body.length, 1);
    const broken = lower('def f(:\n  x = = 1\nclass\nimport\nfrom x import\nf"{"\nprint(');
    assert.ok(Array.isArray(broken.body));
  });
});
