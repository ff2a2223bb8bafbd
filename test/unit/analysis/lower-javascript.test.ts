import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Language, Parser } from 'web-tree-sitter';
import type { ModuleIr } from '../../../src/analysis/ir/index.ts';
import { javascriptLowering, tsxLowering } from '../../../src/analysis/lower/javascript/index.ts';
import { copyTree } from '../../../src/analysis/syntax/copy-tree.ts';
import { loadWasm } from './analyzer-from-modules.ts';
import { show, showAll, showStatement, showTarget } from './lower-javascript-print.ts';

describe('JavaScript and TypeScript, lowered', () => {
  const parsers = new Map<string, Parser>();
  before(async () => {
    await Parser.init({ wasmBinary: await loadWasm('web-tree-sitter.wasm') });
    for (const { grammar } of [javascriptLowering, tsxLowering]) {
      parsers.set(grammar, new Parser().setLanguage(await Language.load(await loadWasm(grammar))));
    }
  });
  const lower = (text: string, lowering = javascriptLowering): ModuleIr => {
    const tree = parsers.get(lowering.grammar)?.parse(text);
    assert.ok(tree);
    const [root] = copyTree(tree) ?? [];
    tree.delete();
    assert.ok(root);
    return lowering.lower(root, text);
  };
  const shown = (text: string): string => showAll(lower(text).body);
  const typed = (text: string): string => showAll(lower(text, tsxLowering).body);

  it('knows which names the file declares', () => {
    assert.equal(shown('const a = b; a(c);'), 'a = ^b; a(^c)');
    assert.equal(shown('{ let eval = f; eval(x) } eval(x)'), '{eval = ^f; eval(^x)}; ^eval(^x)');
    assert.equal(shown('f(); function f() {}'), 'f = fn f(); f()');
    assert.equal(shown('if (a) { var v = 1 } v()'), 'if ^a {v = 1} else {}; v()');
    assert.equal(shown('run(); late = eval; late(x)'), '^run(); late = ^eval; late(^x)');
    assert.equal(shown('location = x; window.name = y'), '^globalThis.location = ^x; ^window.name = ^y');
    assert.equal(shown('for (const k in o) f(k)'), 'loop k in keys of ^o {^f(k)}');
    assert.equal(shown('\\u0065val(x)'), '^eval(^x)');
  });

  it('takes `require` that a wrapper hands in for the real one', () => {
    assert.equal(shown('define(function (require) { require("a") })'), 'fn (require)()');
    const [wrapper] = lower('define(function (require, exports, module) { require("a") })').functions;
    assert.equal(showAll(wrapper?.body ?? []), '^require("a")');
    assert.equal(
      shown('define(["fs", "exports"], (fs, out) => 1)'),
      'fn (fs, out)(^require("fs"), ^exports)',
    );
  });

  it('puts text together', () => {
    assert.equal(shown('f("a" + "b", `x\u0024{y}z`)'), '^f("ab", <"x" ^y "z">)');
    assert.equal(shown('f(a + b)'), '^f((^a + ^b))');
    assert.equal(shown('f(a + b + "c" + (d + "e"))'), '^f(<^a ^b "c" ^d "e">)');
    assert.equal(shown('f(1 + 2 + "a")'), '^f(<(1 + 2) "a">)');
    assert.equal(shown('f(sql`a \u0024{b}`, String.raw`c`)'), '^f(^sql<"a " ^b>, "c")');
    assert.equal(shown('window["ev" + "al"](x)'), '^window.eval(^x)');
    assert.deepEqual(
      lower('f("\\x41", `b\u0024{c}`)').texts.map(({ value }) => value),
      ['A', 'b'],
    );
  });

  it('takes patterns apart', () => {
    assert.equal(
      shown('const { a, b: [c, , d = 1], ["e" + f]: g, ...h } = x;'),
      '{a: a, b: {0: c, 2: d = 1}, [<"e" ^f>]: g, ...rest: h} = ^x',
    );
    assert.equal(shown('[a.b, c[0]] = x;'), '{0: ^a.b, 1: ^c[0]} = ^x');
    const [made] = lower('(function ({ a = 1 }, ...rest) {})').functions;
    assert.deepEqual(
      made?.params.map(one => [showTarget(one.target), one.rest]),
      [
        ['{a: a = 1}', undefined],
        ['rest', 'list'],
      ],
    );
  });

  it('says what each operator gives', () => {
    assert.equal(shown('a || b; a && b; a ? b : c'), '^a | ^b; ^a ? ^b | false; ^a ? ^b | ^c');
    assert.equal(shown('let a; a ??= b; a += 1; a++'), 'a = ?; a = a | ^b; a += 1; a += 1');
    assert.equal(shown('f(!0, -1, void 0, typeof x, await y)'), '^f(true, -1, undefined, typeof ^x, ^y)');
    assert.equal(shown('f((a, b))'), '^f({ ^a => ^b })');
    assert.equal(shown('/a+/g.test(x)'), 'new ^RegExp("a+", "g").test(^x)');
    assert.equal(shown('import("x"); new A(...b)'), '^import("x"); new ^A(...^b)');
  });

  it('keeps the order of control', () => {
    assert.equal(shown('for (let i = 0; i < 3; i++) f(i)'), '{i = 0; loop (i < 3) {^f(i); i += 1}}');
    assert.equal(
      shown('switch (a) { case 1: case 2: f(); break; default: g() }'),
      'switch ^a [1, 2] {^f(); jump} [] {^g()}',
    );
    assert.equal(
      shown('try { a() } catch ({ m }) { m() } finally { b() }'),
      'try {^a()} catch {m: m} {m()} finally {^b()}',
    );
    assert.equal(
      shown('if (a) b(); else if (c) d(); else e()'),
      'if ^a {^b()} else {if ^c {^d()} else {^e()}}',
    );
  });

  it('says what a file takes in and hands out', () => {
    assert.equal(
      shown('import d, * as n from "a"; import { b as c } from "m";'),
      'import default as d, * as n from a; import b as c from m',
    );
    assert.equal(
      shown('export { a as b } from "m"; export * from "n"; export default 1'),
      'import a as export b from m; export b = b; export * = ? from n; export default = 1',
    );
    assert.equal(shown('export const a = 1, { b } = c'), 'a = 1; {b: b} = ^c; export a = a; export b = b');
    const names = (text: string): string[] =>
      lower(text)
        .functions.filter(one => one.isPublic)
        .map(one => one.name ?? '');
    assert.deepEqual(names('export function a() { function b() {} } function c() {} export { c }'), [
      'a',
      'c',
    ]);
    assert.deepEqual(names('module.exports = { a() {}, b: () => 1, c }; function c() {} function d() {}'), [
      'c',
      'a',
      'b',
    ]);
    assert.deepEqual(names('exports.a = function () {}; class B { m() {} #n() {} } module.exports = B'), [
      'a',
      'm',
    ]);
  });

  it('knows the classes and types of TypeScript', () => {
    const text = `
      import type { Request } from 'express'; import http = require('http');
      export class A extends B implements C {
        constructor(private readonly db: Db) { super(); }
        @Get('x') find(@Body() r: Request | undefined, n?: number): Promise<http.Server> { return this.db; }
        private hidden = (a: string) => a;
      }
      enum E { P, Q = 'q' }
      f(x as any, y!, <b title={t}>{z}</b>, <P.Q r />);`;
    const ir = lower(text, tsxLowering);
    const [made] = ir.classes;
    assert.deepEqual(made?.bases.map(show), ['^B', '^C']);
    assert.equal(show(made?.fieldTypes.get('db')), '^Db');
    const find = made?.methods.get('find');
    assert.deepEqual(find?.decorators.map(show), ['^Get("x")']);
    assert.deepEqual(
      find?.params.map(one => show(one.type)),
      ['Request', '^number'],
    );
    assert.equal(show(find?.returns), 'http.Server');
    assert.equal(find?.owner, made);
    assert.equal(showAll(made?.methods.get('constructor')?.body ?? []), 'this.db = db; super()');
    assert.equal(showStatement(ir.body.at(-2) ?? { kind: 'block', body: [] }), 'E = {P: 0, Q: "q"}');
    assert.equal(
      showStatement(ir.body.at(-1) ?? { kind: 'block', body: [] }),
      '^f(^x, ^y, ^JSX.b({title: ^t, children: [^z]}), ^P.Q({r: true}))',
    );
    assert.deepEqual(
      ir.functions.map(one => `${one.name}${one.isPublic ? '+' : ''}`),
      ['constructor+', 'find+', 'hidden'],
    );
    assert.equal(typed('declare const window: any; window.eval(x)'), '^window.eval(^x)');
    assert.equal(typed('namespace N { export const a = 1 } N.a'), 'a = 1; N = {a: a}; N.a');
  });

  it('makes do with what is broken, deep or long', () => {
    assert.match(shown('const a = ;\n eval(text);\n if ('), /\^eval\(\^text\)/);
    assert.match(shown(`x = ${'('.repeat(1_000)}1${')'.repeat(1_000)}; eval(x)`), /\^eval\(x\)$/);
    assert.match(shown(`a${'.b()'.repeat(2_000)}; eval(x)`), /\^eval\(\^x\)$/);
    assert.match(shown(`y = ${'x + '.repeat(4_000)}z; eval(y)`), /\^eval\(y\)$/);
    assert.match(shown(`${'if (a) b(); else '.repeat(1_000)}eval(x)`), /\^eval\(\^x\)/);
    assert.equal(shown(''), '');
  });

  it('has one name for each thing outside', () => {
    const { globalPath, modulePath, memberPath, ownFiles } = javascriptLowering;
    assert.equal(globalPath('window'), 'global');
    assert.equal(memberPath('global', 'eval'), 'global.eval');
    assert.equal(memberPath(modulePath('node:fs') ?? '', 'promises'), 'fs');
    assert.equal(modulePath('fs/promises'), 'fs');
    assert.equal(modulePath('lodash/merge'), 'lodash.merge');
    assert.equal(modulePath('./a.js'), undefined);
    assert.equal(memberPath('axios', 'default'), 'axios');
    assert.deepEqual(ownFiles('../b.js', 'src/a/c.ts').slice(0, 3), ['src/b.js', 'src/b.ts', 'src/b.tsx']);
    assert.ok(ownFiles('./lib', 'index.js').includes('lib/index.ts'));
    assert.deepEqual(ownFiles('../../x', 'a.js'), []);
    assert.deepEqual(ownFiles('express', 'a.js'), []);
  });
});
