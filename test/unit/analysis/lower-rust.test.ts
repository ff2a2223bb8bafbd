import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Language, Parser } from 'web-tree-sitter';
import type { ModuleIr } from '../../../src/analysis/ir/index.ts';
import { rustLowering } from '../../../src/analysis/lower/rust/index.ts';
import { copyTree } from '../../../src/analysis/syntax/copy-tree.ts';
import { loadWasm } from './analyzer-from-modules.ts';
import { showModule } from './ir-text.ts';

describe('Rust, lowered', () => {
  let parser: Parser;
  before(async () => {
    await Parser.init({ wasmBinary: await loadWasm('web-tree-sitter.wasm') });
    parser = new Parser().setLanguage(await Language.load(await loadWasm(rustLowering.grammar)));
  });
  const lower = (text: string): ModuleIr => {
    const tree = parser.parse(text);
    assert.ok(tree);
    const nodes = copyTree(tree);
    tree.delete();
    assert.ok(nodes?.[0]);
    return rustLowering.lower(nodes[0], text);
  };
  const module = (text: string): readonly string[] => showModule(lower(text));
  /** The statements of a function's body. */
  const body = (text: string): string => {
    const [shown = ''] = module(`fn f(a: &str, b: String) { ${text} }`);
    return shown.slice('f = fn f(a: str°, b: String°) {'.length, -1);
  };

  it('takes in what `use` names', () => {
    assert.deepEqual(
      module(
        'use std::{fs, io::{self, Read as _, Write as W}, net::*};\nuse crate::a::b;\npub use super::c as d;\nextern crate foo as bar;\nmod util;',
      ),
      [
        'import std {fs=fs}',
        'import std {io=io}',
        'import std.io {W=Write}',
        'import std.net {*}',
        'import crate.a {b=b}',
        'import super {d=c}',
        'import foo {bar=.}',
        'import self.util {util=.}',
        'util = util',
        'd = d',
      ],
    );
  });

  it('knows the modules that the file declares', () => {
    assert.deepEqual(module('mod util;\nmod m { pub fn g() {} }\nuse util::run;\nuse m::g as h;'), [
      'import self.util {run=run}',
      'import self.util {util=.}',
      'util = util',
      '{g = pub fn g() {}}',
      'm = {g: g}',
      'h = m.g',
    ]);
  });

  it('makes up imports for paths into the crate', () => {
    assert.deepEqual(module('fn f() { crate::a::g(1); crate::a::T::new(2); super::h(); }'), [
      'import crate.a {g=g}',
      'import crate.a {T=T}',
      'import super {h=h}',
      'f = fn f() {g(1); T.new(2); h()}',
    ]);
  });

  it('keeps modules in the file as records, and marks those for tests', () => {
    const text =
      'mod m { pub fn g() {} }\n#[cfg(test)]\nmod tests { use super::*; #[test] fn t() { m::g(); } }';
    assert.deepEqual(module(text), [
      '{g = pub fn g() {}}',
      'm = {g: g}',
      '{t = @test° fn t() {m.g()}}',
      'tests = {t: t}',
    ]);
    assert.deepEqual(
      lower(text).tests?.map(({ type }) => type),
      ['mod_item', 'function_item'],
    );
  });

  it('leaves out what does not change a value', () => {
    assert.equal(
      body('let x = foo(&a)?.bar.baz::<T>(2).await.unwrap().to_string();'),
      'x = foo°(a).bar.baz(2)',
    );
    assert.equal(body('let x = (*a).clone().expect("a");'), 'x = a');
    assert.equal(body('return Ok(Some(a));'), 'return a');
    assert.equal(body('let n = a.parse::<u16>()?; let m = b.len() as u8;'), 'n = +a; m = +b.len()');
    assert.equal(body('Err(a)'), 'return {a => undefined}');
    assert.equal(body('g(a).map_err(|e| e.kind())?'), 'return {fn(e) {return e.kind()} => g°(a)}');
    assert.equal(body('let x = a.first().unwrap_or("none");'), 'x = <a.first() | "none">');
    assert.equal(body('let x = o.unwrap_or_else(|| "x".into());'), 'x = <o° | "x">');
  });

  it('puts text together', () => {
    assert.equal(body('format!("{}-{b} {0:>5}{{}}", a)'), 'return `‹a›-‹b› ‹a›{}`');
    assert.equal(body('"x".to_string() + a + "y" + &b'), 'return `x‹a›y‹b›`');
    assert.equal(
      body('let mut s = String::new(); s.push_str(a); s.push(c); s += "z"; write!(s, "{}", b)?;'),
      's = String°.new(); s += a; s += c°; s += "z"; s += `‹b›`',
    );
    assert.equal(body('let s = ["a", a, &b].join(" ");'), 's = `a ‹a› ‹b›`');
    assert.equal(body('let p = root.join("x").join(a);'), 'p = `‹root°›/x/‹a›`');
    assert.equal(body('let p = names.join(", ");'), 'p = names°.join(", ")');
    assert.equal(
      body('println!("{a}"); error!(target: "t", %b, "bad {}", a);'),
      'println!°(`‹a›`); error!°(target="t", b, `bad ‹a›`)',
    );
  });

  it('decodes literals', () => {
    assert.equal(
      body(
        'g("a\\n\\x41\\u{1F600}\\\n     b", r#"ra"w"#, b"by", \'c\', b\'\\n\', 1.5f32, 0xff_u8, 1_000i64, -2, true)',
      ),
      'return g°("a\\nA😀b", "ra\\"w", "by", "c", "\\n", 1.5, 255, 1000, -2, true)',
    );
  });

  it('sees branches where blocks are values', () => {
    assert.equal(
      body('let x = if a.ok { 1 } else { return; };'),
      'x = {if a.ok {value = 1} else {return ∅} => value}',
    );
    assert.equal(body('let x = { let y = 1; y };'), 'x = {y = 1 => y}');
    assert.equal(body('unsafe { g(a) }'), 'return g°(a)');
    assert.equal(
      body('let Some(y) = g(a) else { return };'),
      'value = g°(a); if ?(value) {} else {return ∅}; y = value',
    );
    assert.equal(
      body('if let Some(z) = g() && z > 3 { z } else { 4 }'),
      'if ({value = g°(); z = value => value} && (z > 3)) {return z} else {return 4}',
    );
    assert.equal(
      body('while let Ok(n) = r.next() { break; }'),
      'loop {value = r°.next(); n = value => value} {jump}',
    );
    assert.equal(body('let x = loop { break 5; };'), 'x = {loop ∅ {value = 5; jump} => value}');
    assert.equal(body('for (i, v) in xs.iter().enumerate() {}'), 'loop v in values xs° {i = -?()}');
    assert.equal(body('panic!("no {a}"); g()'), 'throw panic!°(`no ‹a›`); return g°()');
    assert.equal(body('std::process::exit(1);'), 'throw std°.process.exit(1)');
  });

  it('takes values apart by patterns', () => {
    assert.equal(
      body(
        'match a { Some(x) if x => 3, Foo { p, b: ref c, .. } => p, "u" | "v" => 1, Err(e) => e, n @ 1..=5 => n, _ => 0 }',
      ),
      'switch a {[?()] x: if x {return 3} / [?()] (p→p, b→c): return p / ["u", "v"] _: return 1 / [?()] _: return e / [?()] n: return n / [] _: return 0}',
    );
    assert.equal(body('let (x, [y, ..]) = g();'), '(0→x, 1→(0→y)) = g°()');
  });

  it('gives methods to their types', () => {
    assert.deepEqual(
      module(
        'pub struct P<T> { pub a: Vec<T>, db: Arc<Mutex<Conn>> }\nstruct Id(pub String);\nenum E { A, B(u8) }\nimpl<T> Run for P<T> { const X: u8 = 1; fn run(&self, q: Option<&Query>) -> Self { Self { a: q, ..g() } } }\nimpl P<u8> { pub async fn go(mut self) { self.a.go(); Id("x"); E::B(1); E::A; Self::X } }',
      ).filter(line => line.startsWith('class')),
      [
        'class P(Run°) {a: Vec°; db: Conn°; X = 1; pub fn run(q: Query°) -> P {return new P({..: g°(), a: q})}; pub async fn go() {self.a.go(); new Id({0: "x"}); new E({0: 1}); E.A; return P.X}}',
        'class Id() {0: String°}',
        'class E() {A = new class E()}',
      ].map(line => line.replace('new E({0: 1})', 'new E.B({0: 1})')),
    );
  });

  it('keeps attributes, and what extractors hold', () => {
    assert.deepEqual(
      module(
        '#[get("/x/{id}", name = "x")]\n#[tauri::command]\nasync fn h(Path(id): Path<String>, State(db): State<Pool>, (p, q): (u8, u8)) {}',
      ),
      ['h = @get°("/x/{id}", name="x") @tauri°.command async fn h(id: Path°, db: Pool°, (0→p, 1→q)) {}'],
    );
  });

  it('reads what macros are given', () => {
    assert.equal(body('vec![a, g(b)?.c]; vec![0u8; 16]; vec![0; n];'), '[a, g°(b).c]; [0]; vec!°(0, n°)');
    assert.equal(
      body('json!({ "k": a, "l": [1, { "m": b }], "n": null })'),
      'return {k: a, l: [1, {m: b}], n: null}',
    );
    assert.equal(
      body(
        'sqlx::query!("select {}", x.y[0].z::<T>(&b)?, |q| q + 1, if a { 1 } else { 2 }, S { k: a }, c as u8)',
      ),
      'return sqlx°.query!("select {}", x°.y[0].z(b), fn(q) {return (q + 1)}, {if a {value = 1} else {value = 2} => value}, new S°({k: a}), +c°)',
    );
    assert.equal(body('assert!(x.len() < 5, "bad {}", a);'), 'assert!°((x°.len() < 5), `bad ‹a›`)');
    assert.equal(
      body(
        'tokio::select! { r = rx.recv() => { let v = r.unwrap(); g(v); } _ = done => match b { Some(x) => x, _ => 1 } }',
      ),
      'return tokio°.select!(r=rx°.recv(), {v = r°; g°(v) => value}, _=done°, {switch b {[?()] x: value = x / [] _: value = 1} => value})',
    );
    assert.deepEqual(
      module('lazy_static! { static ref RE: Regex = Regex::new("a").unwrap(); }\nfn f() { RE.go() }'),
      ['f = fn f() {return RE.go()}', 'RE = Regex°.new("a")'],
    );
  });

  it('knows names and files', () => {
    assert.equal(rustLowering.globalPath('Vec'), 'std.vec.Vec');
    assert.equal(rustLowering.globalPath('println!'), 'std.macro.println!');
    assert.equal(rustLowering.modulePath('core.ptr'), 'std.ptr');
    assert.equal(rustLowering.modulePath('tokio.fs'), 'std.fs');
    assert.equal(rustLowering.modulePath('crate.a'), undefined);
    assert.equal(rustLowering.memberPath('tokio', 'process'), 'std.process');
    assert.deepEqual(rustLowering.ownFiles('self.util', 'src/main.rs'), ['src/util.rs', 'src/util/mod.rs']);
    assert.deepEqual(rustLowering.ownFiles('super.x', 'src/a/b.rs'), ['src/a/x.rs', 'src/a/x/mod.rs']);
    assert.ok(rustLowering.ownFiles('crate.db', 'src/api/mod.rs').includes('src/db.rs'));
    assert.ok(rustLowering.ownFiles('crate', 'src/api.rs').includes('src/lib.rs'));
  });

  it('never throws', () => {
    const deep = 1_200;
    const texts = [
      'fn f( { let = ; x.( ; }',
      'impl { } use ; mod',
      `fn f() { ${'('.repeat(deep)}1${')'.repeat(deep)}; }`,
      `fn f() { ${'{'.repeat(deep)}${'}'.repeat(deep)} }`,
      `fn f() { x${'.a(1)'.repeat(2_000)}; }`,
      `fn f() { x = "a"${' + b'.repeat(2_000)}; }`,
      `fn f() { x!(${'['.repeat(3_000)}); format!("{"); format!("{}"); }`,
      `fn f() { x!(${'a(b, '.repeat(500)}); y!(if { match { |) }; }`,
      `use ${'a::{'.repeat(200)}b${'}'.repeat(200)};`,
      `fn f() { ${'if a {} else '.repeat(1_000)} {} }`,
    ];
    for (const text of texts) assert.ok(lower(text).functions.length >= 0, text.slice(0, 40));
  });
});
