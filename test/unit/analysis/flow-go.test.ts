import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Engine } from '../../../src/analysis/index.ts';
import { findingsByLine, productEngine } from './engine-from-modules.ts';

/** Programs in which every line that ends in `// run` runs what a request says, and no other line does. */
const programs: Readonly<Record<string, string>> = {
  'fields of what a decoder filled': `
type input struct {
	Cmd  string
	Port int
	Args []string
	Sub  *input
}

func handle(w http.ResponseWriter, r *http.Request) {
	var in input
	json.NewDecoder(r.Body).Decode(&in)
	exec.Command(in.Cmd) // run
	exec.Command(in.Args[0]) // run
	exec.Command(in.Sub.Cmd) // run
	exec.Command(fmt.Sprint(in.Port))
	pass(&in)
	exec.Command(in.Cmd) // run
	other := input{Cmd: "ls"}
	exec.Command(other.Cmd)
}

func pass(in *input) {
	exec.Command(in.Sub.Cmd) // run
}
`,
  'lists that are put together': `
func handle(w http.ResponseWriter, r *http.Request) {
	args := []string{"-c"}
	args = append(args, r.FormValue("x"))
	exec.Command("sh", args...) // run
	exec.Command("sh", append([]string{"-c"}, r.FormValue("x"))...) // run
	exec.Command("sh", append([]string{"-c"}, "ls")...)
}
`,
  'buffers that are filled and channels': `
func handle(w http.ResponseWriter, r *http.Request) {
	buf := make([]byte, 64)
	n, _ := r.Body.Read(buf)
	exec.Command(string(buf[:n])) // run
	lines := make(chan string)
	go func() { lines <- r.FormValue("x") }()
	for line := range lines {
		exec.Command(line) // run
	}
}
`,
  'methods, fields and functions that give functions': `
type server struct{ name string }

func (s *server) first(w http.ResponseWriter, r *http.Request) {
	s.name = r.FormValue("x")
	s.second()
	run := s.third("ls")
	run(r)
}

func (s *server) second() {
	exec.Command(s.name) // run
	exec.Command("ls")
}

func (s *server) third(prefix string) func(*http.Request) {
	exec.Command(prefix)
	return func(r *http.Request) {
		exec.Command(r.FormValue(prefix)) // run
	}
}
`,
  'what a test says': `
func handle(w http.ResponseWriter, r *http.Request) {
	x := r.FormValue("x")
	known := map[string]bool{"ls": true}
	if !known[x] {
		exec.Command(x) // run
	}
	if _, ok := known[x]; ok {
		exec.Command(x)
	}
	switch x {
	case "ls", "ps":
		exec.Command(x)
	case "date":
		exec.Command(x)
	default:
		exec.Command(x) // run
	}
	if x != "ls" && x != "ps" {
		return
	}
	exec.Command(x)
}

func checks(w http.ResponseWriter, r *http.Request) {
	x := r.FormValue("x")
	known := map[string]bool{"ls": true}
	if known[x] {
		exec.Command(x)
	}
	matched, err := regexp.MatchString("^[a-z]+$", x)
	if err != nil {
		exec.Command(x) // run
	}
	if matched {
		exec.Command(x)
	}
	if slices.Contains([]string{"ls", "ps"}, x) {
		exec.Command(x)
	}
	if err := validateName(x); err != nil {
		return
	}
	exec.Command(x)
}

func validateName(name string) error {
	if strings.ContainsAny(name, ";&|") {
		return fmt.Errorf("bad name")
	}
	return nil
}
`,
};

describe('flow of data in Go', () => {
  let engine: Engine;
  before(async () => {
    engine = await productEngine();
  });
  for (const [name, body] of Object.entries(programs)) {
    it(`follows ${name}`, () => {
      const text = `package p\nimport ("encoding/json"; "fmt"; "net/http"; "os/exec"; "regexp"; "slices"; "strings")\n${body}`;
      const found = findingsByLine(engine, 'main.go', text, 'go');
      const runs = [...found].filter(([, codes]) => codes.some(code => code.startsWith('PW-GO-COMMAND')));
      const lines = text.split('\n');
      assert.deepEqual(
        runs.map(([line]) => lines[line]?.trim()).sort(),
        lines
          .filter(line => line.endsWith('// run'))
          .map(line => line.trim())
          .sort(),
      );
    });
  }

  it('follows methods and fields into the other files of a package and into other packages', () => {
    const files: Readonly<Record<string, string>> = {
      'main.go': `package main
import ("net/http"; "example.com/app/internal/shell")
type server struct { client *http.Client; name string }
func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	s.name = r.FormValue("name")
	shell.Run(r.FormValue("x"))
	s.second()
}
`,
      'second.go': `package main
import ("net/http"; "os/exec")
func (s *server) second() { exec.Command("sh", "-c", s.name) }
func (s *server) fetch(r *http.Request) { s.client.Get(r.FormValue("url")) }
func (s *server) fixed() { s.client.Get("https://example.com"); exec.Command("ls") }
`,
      'internal/shell/run.go': `package shell
import "os/exec"
func Run(text string) { exec.Command("sh", "-c", text) }
`,
    };
    const project = engine.open({
      read: name => (files[name] === undefined ? undefined : { text: files[name], language: 'go' }),
      filesIn: folder =>
        Object.keys(files).filter(
          name => name.startsWith(folder) && !name.slice(folder.length).includes('/'),
        ),
      absolute: name => name,
      isTarget: () => true,
    });
    const found = Object.keys(files).flatMap(name => project.analyze(name));
    assert.deepEqual(
      [
        ...new Set(found.map(one => `${one.file}:${one.range.start.line + 1} ${one.code}:${one.severity}`)),
      ].sort(),
      [
        'internal/shell/run.go:3 PW-GO-COMMAND:error',
        'internal/shell/run.go:3 PW-GO-COMMAND:warning',
        'second.go:3 PW-GO-COMMAND:error',
        'second.go:4 PW-GO-SSRF:error',
      ],
    );
  });
});
