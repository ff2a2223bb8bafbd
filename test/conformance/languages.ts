import { execFileSync } from 'node:child_process';

/** A source that can't be loaded or built, and what the host has to say about it. */
export interface BrokenSource {
  readonly title: string;
  /** Laid over the plugin's files. */
  readonly files: Readonly<Record<string, string>>;
  /** Code of the problem. */
  readonly code: string;
  readonly message: RegExp;
  /** `file:line`, relative to the plugin's folder. */
  readonly place: string;
}

/** A language whose SDK is held to the suite. */
export interface Language {
  /** Folder in `plugins`, and the beginning of what the host says about the runtime. */
  readonly id: string;
  /** What a LogoMesh manifest calls it. */
  readonly runtime: string;
  readonly entrypoint: string;
  /** The file with the marks and `EDITION`. */
  readonly source: string;
  /** What a stack or a traceback of it looks like; `undefined` where errors have none. */
  readonly stack?: RegExp;
  /** What the language can't do, mostly a command, and why. */
  readonly lacks?: Readonly<Record<string, string>>;
  /** Why it can't be tried on this machine; false when it can. */
  readonly skip: string | false;
  readonly broken: readonly BrokenSource[];
}

/** Every language; a new one only has to be added here. */
export const languages: readonly Language[] = [
  {
    id: 'node',
    runtime: 'nodejs',
    entrypoint: 'index.mjs',
    source: 'index.mjs',
    stack: /RangeError: .*\n.*index\.mjs:\d+/,
    skip: false,
    broken: [
      {
        title: 'a syntax error',
        files: { 'index.mjs': 'export function activate() {}\nconst a = ;\n' },
        code: 'PW-PLUGIN-LOAD',
        message: /SyntaxError: Unexpected token/,
        place: 'index.mjs:2',
      },
      {
        title: 'a missing import',
        files: { 'index.mjs': '// Nothing.\nimport "./nowhere.mjs";\nexport function activate() {}\n' },
        code: 'PW-PLUGIN-LOAD',
        message: /Cannot find module/,
        place: 'index.mjs:2',
      },
    ],
  },
  {
    id: 'python',
    runtime: 'python',
    entrypoint: 'main.py',
    source: 'main.py',
    stack: /^Traceback .*\n {2}File ".*main\.py", line \d+, in throw\n/,
    skip: missing('python3'),
    broken: [
      {
        title: 'a syntax error',
        files: { 'main.py': 'def activate(context):\n    pass\n\n\nvalue = = 1\n' },
        code: 'PW-PLUGIN-LOAD',
        message: /SyntaxError: invalid syntax/,
        place: 'main.py:5',
      },
      {
        title: 'a syntax error in a module it imports',
        files: {
          'main.py': 'import parts.first\n\n\ndef activate(context):\n    pass\n',
          'parts/first.py': 'def half(:\n    pass\n',
        },
        code: 'PW-PLUGIN-LOAD',
        message: /SyntaxError/,
        place: 'parts/first.py:1',
      },
      {
        title: 'a missing import',
        files: { 'main.py': 'import json\nimport nowhere_at_all\n\n\ndef activate(context):\n    pass\n' },
        code: 'PW-PLUGIN-LOAD',
        message: /ModuleNotFoundError: No module named 'nowhere_at_all'/,
        place: 'main.py:2',
      },
      {
        title: 'an error in activate',
        files: { 'main.py': 'def activate(context):\n    return context.nothing\n' },
        code: 'PW-PLUGIN-THREW',
        message: /AttributeError/,
        place: 'main.py:2',
      },
    ],
  },
  {
    id: 'go',
    runtime: 'go',
    entrypoint: 'main.go',
    source: 'main.go',
    stack: /^error: .*\n {4}at main\.\(\*subject\)\.throw \(.*main\.go:\d+\)/,
    lacks: { 'a proxy for this machine': 'net/http goes to loopback addresses by itself' },
    skip: missing('go', 'version'),
    broken: [
      {
        title: 'a syntax error',
        files: { 'main.go': 'package main\n\nfunc main() {\n\tvalue := = 1\n}\n' },
        code: 'PW-BUILD-FAILED',
        message: /syntax error: unexpected =/,
        place: 'main.go:4',
      },
      {
        title: 'a wrong type in another file',
        files: {
          'main.go': 'package main\n\nfunc main() { run() }\n',
          'exchange.go': 'package main\n',
          'memory.go': 'package main\n',
          'outside.go': 'package main\n',
          'run.go': 'package main\n\nfunc run() int {\n\treturn "text"\n}\n',
        },
        code: 'PW-BUILD-FAILED',
        message: /cannot use "text"/,
        place: 'run.go:4',
      },
      {
        title: 'a missing import',
        files: { 'main.go': 'package main\n\nimport "nowhere/at/all"\n\nfunc main() { all.Run() }\n' },
        code: 'PW-BUILD-FAILED',
        message: /nowhere\/at\/all is not in std/,
        place: 'main.go:3',
      },
      {
        title: 'an error of activate',
        files: {
          'exchange.go': 'package main\n',
          'memory.go': 'package main\n',
          'outside.go': 'package main\n',
          'run.go': 'package main\n',
          'main.go':
            'package main\n\nimport workbench "plugin-workbench.dev/sdk"\n\nfunc main() { workbench.Run(workbench.Plugin{Activate: activate}) }\n\nfunc activate(*workbench.Context) error {\n\treturn workbench.Errorf("no luck")\n}\n',
        },
        code: 'PW-PLUGIN-THREW',
        message: /no luck/,
        place: 'main.go:8',
      },
    ],
  },
  {
    id: 'rust',
    runtime: 'rust',
    entrypoint: 'src/main.rs',
    source: 'src/main.rs',
    lacks: { 'library-fetch': 'Rust has no HTTP in its standard library' },
    skip: missing('cargo'),
    broken: [
      {
        title: 'a syntax error',
        files: { 'src/main.rs': 'fn main() {\n    let value = = 1;\n}\n' },
        code: 'PW-BUILD-FAILED',
        message: /expected expression, found `=`/,
        place: 'src/main.rs:2',
      },
      {
        title: 'a wrong type in another file',
        files: {
          'src/main.rs': 'mod run;\n\nfn main() {\n    run::run();\n}\n',
          'src/run.rs': 'pub fn run() -> i32 {\n    "text"\n}\n',
        },
        code: 'PW-BUILD-FAILED',
        message: /mismatched types \[E0308\]/,
        place: 'src/run.rs:2',
      },
      {
        title: 'a broken Cargo.toml',
        files: { 'Cargo.toml': '[package]\nname = "broken"\nedition 2021\n' },
        code: 'PW-BUILD-FAILED',
        message: /expected `=`/,
        place: 'Cargo.toml:3',
      },
      {
        title: 'an error of activate',
        files: {
          'src/main.rs': [
            'use plugin_workbench::{Context, Error, Plugin, Result};',
            'struct Unlucky;',
            'impl Plugin for Unlucky {',
            '    fn activate(&mut self, _: &Context) -> Result<()> {',
            '        Err(Error::new("no luck"))?',
            '    }',
            '}',
            'fn main() {',
            '    plugin_workbench::run(Unlucky);',
            '}',
            '',
          ].join('\n'),
        },
        code: 'PW-PLUGIN-THREW',
        message: /no luck/,
        place: 'src/main.rs:5',
      },
    ],
  },
];

/** Why a language can't be tried when its program is not there. */
function missing(program: string, ask = '--version'): string | false {
  try {
    execFileSync(program, [ask], { stdio: 'ignore' });
    return false;
  } catch {
    return `${program} is not installed`;
  }
}
