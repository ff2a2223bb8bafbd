import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { ModuleIr } from '../../../src/analysis/ir/index.ts';
import { bodyOf, goLowerer, printFunction, printStatements, printValue } from './lower-go-print.ts';

describe('lowering of Go', () => {
  let lower: (text: string) => ModuleIr;
  before(async () => {
    lower = await goLowerer();
  });

  /** The body of a function around some statements. */
  const inFunction = (code: string, imports = ''): string[] =>
    bodyOf(lower(`package p\n${imports}\nfunc f(a, b string, n int) {\n${code}\n}\n`), 'f');

  it('names what is imported, with aliases, versions and everything at once', () => {
    const module = lower(
      'package p\nimport (\n"net/http"\nmux "github.com/gorilla/mux"\n. "strings"\n_ "net/http/pprof"\n"github.com/labstack/echo/v4"\n"gopkg.in/yaml.v2"\n"github.com/dgrijalva/jwt-go"\n)',
    );
    assert.deepEqual(printStatements(module.body), [
      'import net/http http',
      'import github.com/gorilla/mux mux',
      'import strings *',
      'import net/http/pprof',
      'import github.com/labstack/echo/v4 echo',
      'import gopkg.in/yaml.v2 yaml',
      'import github.com/dgrijalva/jwt-go jwt',
    ]);
    assert.equal(module.packageName, 'p');
  });

  it('takes several results apart', () => {
    assert.deepEqual(inFunction('x, err := g()\nx, b = b, x\n_, err = g()\n_ = g()\nreturn x, err'), [
      '{0: x, 1: err} = ?g()',
      '{0: x, 1: b} = [b, x]',
      '{1: err} = ?g()',
      '?g()',
      'return [x, err]',
    ]);
  });

  it('declares anew in an inner block and after evaluating', () => {
    const module = lower('package p\nfunc f(x int) {\nx := x + 1\n{ x := x }\nx, y := 1, 2\n_ = y\n}');
    const [first, block, third] = module.functions[0]?.body ?? [];
    assert.ok(first?.kind === 'assign' && first.target.kind === 'binding' && first.value?.kind === 'binary');
    assert.ok(first.value.left.kind === 'reference');
    assert.notEqual(first.target.binding, first.value.left.binding);
    assert.ok(block?.kind === 'block' && block.body[0]?.kind === 'assign');
    const inner = block.body[0];
    assert.ok(inner.value?.kind === 'reference' && inner.value.binding === first.target.binding);
    assert.ok(third?.kind === 'assign' && third.target.kind === 'pattern');
    const [x] = third.target.entries;
    assert.ok(x?.target.kind === 'binding' && x.target.binding === first.target.binding);
  });

  it('asks of an element, an assertion and a channel with two results what they are', () => {
    const code =
      'v, ok := m[a]\nif !ok { return }\ns, good := x.(*T)\nw, open := <-ch\nif _, in := m[b]; in && n > 1 { g() }';
    assert.deepEqual(inFunction(code), [
      'v = ?m[a]',
      'ok = (a in ?m)',
      'if !(a in ?m)',
      '  return',
      's: ?T = ?x',
      'good = (?x instanceof ?T)',
      'w = <-?ch',
      'open = opaque()',
      'block',
      '  ?m[b]',
      '  in = (b in ?m)',
      '  if ((b in ?m) && (n > 1))',
      '    ?g()',
    ]);
  });

  it('makes text of sums, formats, joins and builders', () => {
    const imports = 'import ("fmt"; "strings"; "bytes"; str "strings")';
    assert.deepEqual(
      inFunction(
        [
          's := "a" + a + b',
          't := a + b',
          'u := fmt.Sprintf("x=%s y=%5d %% %[1]v", a, n)',
          'v := fmt.Sprint(a, b)',
          'w := strings.Join([]string{a, "c"}, "-")',
          'z := str.Join(list, ",")',
          'y := fmt.Sprintf(a, b)',
        ].join('\n'),
        imports,
      ),
      [
        's = text("a", a, b)',
        't = (a + b)',
        'u = text("x=", a, " y=", ?int(n), " % ", a)',
        'v = text(a, b)',
        'w = text(a, "-", "c")',
        'z = str.Join(?list, ",")',
        'y = fmt.Sprintf(a, b)',
      ],
    );
    assert.deepEqual(
      inFunction(
        'var sb strings.Builder\nsb.WriteString("a")\nsb.WriteString(a)\nsb.WriteByte(\'x\')\nfmt.Fprintf(&sb, "[%s]", b)\nuse(sb.String())\nbuf := new(bytes.Buffer)\nbuf.Write([]byte(a))\nuse(buf)',
        imports,
      ),
      [
        'sb: strings.Builder = ""',
        'do(sb += "a")',
        'do(sb += a)',
        'do(sb += "x")',
        'do(sb += text("[", b, "]"))',
        '?use(sb)',
        'buf = ""',
        'do(buf += a)',
        '?use(buf)',
      ],
    );
  });

  it('keeps the declared types of parameters, results, fields and variables', () => {
    const module = lower(
      'package p\nimport ("net/http"; "database/sql")\ntype S struct {\n*http.Client\ndb *sql.DB\nname, id string\n}\nfunc (s *S) Get(w http.ResponseWriter, r *http.Request, ids ...int) (*sql.Rows, error) { var c http.Cookie; return s.db.Query(s.name) }',
    );
    assert.equal(
      module.functions.map(printFunction).join('\n'),
      'func Get(w: http.ResponseWriter, r: http.Request, ...ids): sql.Rows {c: http.Cookie; return self.db.Query(self.name)}',
    );
    const [owner] = module.classes;
    assert.equal(owner?.name, 'S');
    assert.deepEqual([...(owner?.methods.keys() ?? [])], ['Get']);
    assert.deepEqual(owner?.bases.map(printValue), ['http.Client']);
    assert.deepEqual(
      [...(owner?.fieldTypes ?? [])].map(([name, type]) => `${name}: ${printValue(type)}`),
      ['Client: http.Client', 'db: sql.DB'],
    );
    assert.equal(module.functions[0]?.isPublic, true);
    assert.equal(module.functions[0]?.owner, owner);
  });

  it('finds the methods of a type that another file declares, and closures inside methods know the receiver', () => {
    const module = lower(
      'package p\nfunc (t *Elsewhere) run() { go func() { t.stop() }() }\nfunc (t Elsewhere) stop() {}',
    );
    assert.deepEqual([...(module.classes[0]?.methods.keys() ?? [])], ['run', 'stop']);
    assert.deepEqual(printStatements(module.functions[0]?.body ?? []), ['func () {self.stop()}()']);
  });

  it('gives nested literals the types that are left out', () => {
    const code =
      'type P struct { X, Y string }\nuse([]P{{X: a}, {a, b}}, map[string]*P{"k": {Y: b}}, &http.Cookie{Name: a}, struct{ A int }{1})';
    assert.deepEqual(inFunction(code, 'import "net/http"').slice(1), [
      '?use([new P({X: a}), new P({X: a, Y: b})], {k: new P({Y: b})}, new http.Cookie({Name: a}), {A: 1})',
    ]);
  });

  it('marks what a call may write to', () => {
    const code =
      'x := &T{}\nbuf := make([]byte, 8)\ndec.Decode(&v)\ndec.Decode(x)\nconn.Read(buf)\nio.ReadFull(r, buf[:4])\nlog.Printf("%v", &v)\nuse(&T{A: a})';
    assert.deepEqual(inFunction(code).slice(2), [
      '?dec.Decode(&?v)',
      '?dec.Decode(&x)',
      '?conn.Read(&buf)',
      '?io.ReadFull(?r, &buf[])',
      '?log.Printf("%v", ?v)',
      '?use(new ?T({A: a}))',
    ]);
  });

  it('turns a switch without a subject into a chain of tests, unless it is left early', () => {
    assert.deepEqual(inFunction('switch {\ncase n > 1, a == b: g()\ndefault: h()\n}'), [
      'if ((n > 1) || (a == b))',
      '  ?g()',
      'else',
      '  ?h()',
    ]);
    assert.equal(inFunction('switch {\ncase n > 1: if a == "" { break }; g()\n}')[0], 'switch');
  });

  it('goes over lists, maps, channels and numbers', () => {
    const code =
      'ch := make(chan string)\nfor v := range ch { g(v) }\nfor k := range m {}\nfor _, v := range list { g(v) }\nfor k, v = range m {}\nfor i := 0; i < n; i++ { g() }\nch <- a';
    assert.deepEqual(inFunction(code).slice(1), [
      'loop v in values ch',
      '  ?g(v)',
      'loop k in keys ?m',
      'loop v in values ?list',
      '  ?g(v)',
      'loop {0: k, 1: v} in entries ?m',
      'block',
      '  i = 0',
      '  loop (i < n)',
      '    ?g()',
      '    i += 1',
      'ch[] = a',
    ]);
  });

  it('ends where the program or the function ends', () => {
    const imports = 'import ("os"; "log")';
    assert.deepEqual(inFunction('if a == "" { log.Fatalf("no %s", a) }\nos.Exit(1)\npanic(b)', imports), [
      'if (a == "")',
      '  log.Fatalf("no %s", a)',
      '  throw',
      'os.Exit(1)',
      'throw',
      'throw b',
    ]);
  });

  it('counts constants and reads every kind of literal', () => {
    const module = lower(
      'package p\nconst (\nA = 1 << iota\nB\n_\nD\n)\nconst s, raw = "\\x41\\u00e9\\n\\101", `a\\n`\nvar big, oct, r = 0xffff_ffff_ffff_ffff, 0644, \'\\n\'',
    );
    assert.deepEqual(printStatements(module.body), [
      'A = (1 << 0)',
      'B = (1 << 1)',
      'D = (1 << 3)',
      's = "Aé\\nA"',
      'raw = "a\\\\n"',
      'big = 18446744073709551615',
      'oct = 420',
      'r = 10',
    ]);
    assert.deepEqual(
      module.texts.map(({ value }) => value),
      ['Aé\nA', 'a\\n'],
    );
  });

  it('leaves conversions out, and keeps those to numbers', () => {
    assert.deepEqual(
      inFunction(
        'type ID string\nuse([]byte(a), string(b), ID(a), int32(n), append(list, a, more...))',
      ).slice(1),
      ['?use(a, b, a, ?int32(n), [...?list, a, ...?more])'],
    );
  });

  it('gives a bare return the named results', () => {
    const module = lower('package p\nfunc f() (name string, err error) { name = "x"; return }');
    assert.deepEqual(bodyOf(module, 'f'), ['name', 'err', 'name = "x"', 'return [name, err]']);
  });
});
