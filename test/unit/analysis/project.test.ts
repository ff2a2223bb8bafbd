import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type Engine, languageOf } from '../../../src/analysis/index.ts';
import { trialEngine } from './trial-engine.ts';

/** Findings of one file of a plugin, as `file:line code:severity`. */
function analyze(engine: Engine, files: Readonly<Record<string, string>>, target: string): string[] {
  const project = engine.open({
    read: name => {
      const text = Object.hasOwn(files, name) ? files[name] : undefined;
      const language = languageOf(name);
      return text === undefined || language === undefined ? undefined : { text, language };
    },
    filesIn: folder =>
      Object.keys(files).filter(name => name.startsWith(folder) && !name.slice(folder.length).includes('/')),
    absolute: name => `/plugin/${name}`,
    isTarget: name => name === target,
  });
  return project
    .analyze(target)
    .map(({ file, range, code, severity }) => `${file.slice(8)}:${range.start.line + 1} ${code}:${severity}`);
}

describe('a plugin of several files', () => {
  let engine: Engine;
  before(async () => {
    engine = await trialEngine();
  });

  it('follows JavaScript into the functions of other modules', () => {
    const files = {
      'main.js':
        "import { get } from 'web';\nimport { run } from './lib/run.js';\nget(request => {\n  run(request.query.command);\n});\n",
      'lib/run.js':
        "import { exec } from 'node:child_process';\nexport function run(command) {\n  exec(command);\n}\n",
    };
    assert.deepEqual(analyze(engine, files, 'main.js'), ['lib/run.js:3 RUN:error']);
  });

  it('follows what is handed on, and CommonJS', () => {
    const files = {
      'main.js':
        "const { run } = require('./lib');\nrequire('web').get(request => run(request.query.text));\n",
      'lib/index.js': "exports.run = require('./run.js').run;\n",
      'lib/run.js': 'exports.run = text => eval(text);\n',
    };
    const found = analyze(engine, files, 'main.js');
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^lib\/run\.js:1 RUN:error$/);
  });

  it('follows Python into packages', () => {
    const files = {
      'app/main.py':
        "import sys\nfrom .tools import shell\nimport web\n\n@web.route('/')\ndef index(name):\n    return shell.run(name)\n",
      'app/tools/__init__.py': '',
      'app/tools/shell.py': 'import os\n\ndef run(command):\n    return os.system(command)\n',
    };
    const found = analyze(engine, files, 'app/main.py');
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^app\/tools\/shell\.py:4 RUN:error$/);
  });

  it('takes a folder of Go files as one package', () => {
    const files = {
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc handle(w http.ResponseWriter, r *http.Request) {\n\trun(r.FormValue("c"))\n}\n',
      'run.go':
        'package main\n\nimport "os/exec"\n\nfunc run(command string) {\n\texec.Command("sh", "-c", command).Run()\n}\n',
    };
    const found = analyze(engine, files, 'main.go');
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^run\.go:6 RUN:error$/);
  });

  it('says nothing of the files around a file but what that file makes them do', () => {
    const files = {
      'main.js': "import './bad.js';\n",
      'bad.js': "import { exec } from 'node:child_process';\nexec(globalThis.name + 'x');\n",
    };
    assert.deepEqual(analyze(engine, files, 'main.js'), []);
  });

  it('ends with modules that take in one another', () => {
    const files = {
      'a.js': "import { b } from './b.js';\nexport const a = x => b(x);\na(globalThis.name);\n",
      'b.js': "import { a } from './a.js';\nexport const b = x => a(x);\n",
    };
    assert.deepEqual(analyze(engine, files, 'a.js'), []);
  });
});
