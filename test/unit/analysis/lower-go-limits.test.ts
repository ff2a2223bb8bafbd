import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { ModuleIr } from '../../../src/analysis/ir/index.ts';
import { goLowering } from '../../../src/analysis/lower/go/index.ts';
import { goLowerer, printStatements } from './lower-go-print.ts';

describe('lowering of Go that is broken, deep or elsewhere', () => {
  let lower: (text: string) => ModuleIr;
  before(async () => {
    lower = await goLowerer();
  });

  const around = (code: string): string => `package p\nfunc f(a string) {\n${code}\n}\n`;

  it('survives text that is no Go', () => {
    for (const text of [
      '',
      'package',
      '}}}{{{',
      'func (',
      'package p\nfunc f() { x := ',
      'package p\nvar = \nimport (',
      '\0\x01',
    ]) {
      assert.doesNotThrow(() => lower(text), text);
    }
  });

  it('keeps the functions around a broken one', () => {
    const module = lower('package p\nfunc a() { g(1) }\nfunc b( { h( }\nfunc c() { g(2) }\n');
    assert.ok(module.functions.some(({ name }) => name === 'a'));
  });

  it('survives every cut of a program', () => {
    const program = around(
      'if x, ok := m[a]; ok { switch y := x.(type) { case *T: go func() { ch <- y }() } }\nfor i, v := range []T{{A: "b" + a}} { defer g(&v, i...) }',
    );
    for (let end = 0; end < program.length; end++) {
      assert.doesNotThrow(() => lower(program.slice(0, end)), program.slice(0, end));
    }
  });

  it('takes long sums and chains and deep nesting', () => {
    const sum = lower(around(`x := "a"${' + a'.repeat(3000)}`));
    const [first] = sum.functions[0]?.body ?? [];
    assert.ok(first?.kind === 'assign' && first.value?.kind === 'text');
    assert.equal(first.value.parts.length, 3001);
    const deep = [
      `x := ${'('.repeat(3000)}a${')'.repeat(3000)}`,
      `x := ${'!'.repeat(3000)}a`,
      `x := b${'.c()'.repeat(2000)}`,
      `x := a${' - a'.repeat(3000)}`,
      `${'{'.repeat(2000)}${'}'.repeat(2000)}`,
      `${'if a == "" { '.repeat(1000)}${'}'.repeat(1000)}`,
      `if a == "" {}${' else if a == "" {}'.repeat(1500)}`,
      `x := ${'[]T{'.repeat(1500)}${'}'.repeat(1500)}`,
      `x := ${'func() { _ = '.repeat(600)}1${'}'.repeat(600)}`,
    ];
    for (const code of deep) {
      const module = lower(around(code));
      assert.equal(module.functions[0]?.name, 'f', code.slice(0, 20));
    }
  });

  it('knows the names of things that no file declares, and which files an import may mean', () => {
    assert.equal(goLowering.globalPath('panic'), 'builtin.panic');
    assert.equal(goLowering.globalPath('helper'), undefined);
    assert.equal(goLowering.modulePath('github.com/jackc/pgx/v5/pgxpool'), 'github.com/jackc/pgx/pgxpool');
    assert.equal(goLowering.modulePath('github.com/labstack/echo/v4'), 'github.com/labstack/echo');
    assert.equal(goLowering.modulePath('gopkg.in/yaml.v2'), 'gopkg.in/yaml.v2');
    assert.equal(goLowering.modulePath('./here'), undefined);
    assert.equal(goLowering.memberPath('net/http', 'Get'), 'net/http.Get');
    assert.deepEqual(goLowering.ownFiles('example.com/m/internal/db', 'cmd/main.go'), [
      'm/internal/db/',
      'internal/db/',
      'db/',
    ]);
    assert.deepEqual(goLowering.ownFiles('net/http', 'main.go'), []);
    assert.deepEqual(goLowering.ownFiles('.', 'cmd/main.go'), ['cmd/']);
  });

  it('prints the same for a file whatever the order of its declarations', () => {
    const one = lower('package p\nvar x = f()\nfunc f() T { return T{1} }\ntype T struct { A int }\n');
    assert.deepEqual(printStatements(one.body), [
      'T = class T',
      'f = func f(): T {return new T({A: 1})}',
      'x = f()',
    ]);
  });
});
