import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { CodeAction, Diagnostic, Hover } from 'vscode-languageserver/node';
import { REVIEW_REPORT, type ReportResult } from '../../../src/protocol/language/index.ts';
import { applyEdits } from './client.ts';
import { readMarked } from './marked-text.ts';
import { Session } from './session.ts';

const manifestOf = (name: string): string =>
  JSON.stringify({ name, version: '1.0.0', type: 'tool', build: { entry: 'main.js' } });

const run =
  "import { exec } from 'node:child_process';\nexport function run(command) {\n  exec(command);\n}\n";
const misuses =
  'const { createHash } = require("crypto");\ncreateHash("md5").update("x");\nexport const f = t => eval(t);\n';
const files: Readonly<Record<string, string>> = {
  'one/plugin.json': manifestOf('one'),
  'two/plugin.json': manifestOf('two'),
  'two/lib/run.js': run,
  'three/plugin.json': manifestOf('three'),
  'four/plugin.json': manifestOf('four'),
  'four/main.js': misuses,
  'five/plugin.json': manifestOf('five'),
  'five/main.js':
    '// plugin-workbench-disable-next-line PW-JS-WEAK-HASH -- *names* a cache entry\nrequire("crypto").createHash("md5").update(x);\n',
  'five/tests/main.test.js': 'export const test = text => eval(text);\n',
};

/** Code in which the data of a request reaches a shell, and who says so. */
const languages: readonly (readonly [file: string, language: string, code: string, marked: string])[] = [
  [
    'one/run.js',
    'javascript',
    'PW-JS-EXEC',
    "import express from 'express';\nimport { exec } from 'node:child_process';\nexpress().get('/', (request, response) => {\n  «exec('ls ' + request.query.folder)»;\n});\n",
  ],
  [
    'one/run.ts',
    'typescript',
    'PW-JS-EXEC',
    "import express, { type Request } from 'express';\nimport { exec } from 'node:child_process';\nexpress().get('/', (request: Request) => {\n  «exec('ls ' + (request.query.folder as string))»;\n});\n",
  ],
  [
    'one/view.tsx',
    'typescriptreact',
    'PW-JS-EVAL',
    'export const View = (props: { text: string }) => (\n  <p>\n    {«eval(props.text)»}\n  </p>\n);\n',
  ],
  [
    'one/run.py',
    'python',
    'PW-PY-',
    "import os\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n@app.route('/')\ndef index():\n    folder = request.args.get('folder')\n    «os.system('ls ' + folder)»\n    return ''\n",
  ],
  [
    'one/run.go',
    'go',
    'PW-GO-COMMAND',
    'package one\n\nimport (\n\t"net/http"\n\t"os/exec"\n)\n\nfunc index(w http.ResponseWriter, r *http.Request) {\n\tfolder := r.FormValue("folder")\n\t«exec.Command("sh", "-c", "ls "+folder)».Run()\n}\n',
  ],
  [
    'one/run.rs',
    'rust',
    'PW-RS-COMMAND',
    'use axum::extract::Query;\nuse std::process::Command;\n\npub async fn index(Query(folder): Query<String>) {\n    «Command::new("sh").arg("-c").arg(format!("ls {}", folder))».status();\n}\n',
  ],
];

describe('the analysis of source in an editor', () => {
  let session: Session;
  const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => String(code));
  const has = (code: string) => (found: Diagnostic[]) => codes(found).some(one => one.startsWith(code));
  const isError = ({ severity }: Diagnostic): boolean => severity === 1;
  const isSuspect = (found: readonly Diagnostic[]): boolean =>
    found.some(({ code, severity = 1 }) => code === 'PW-JS-EXEC' && severity < 3);
  const isEmpty = (found: readonly Diagnostic[]): boolean => found.length === 0;
  const open = (name: string, text: string, language = 'javascript') =>
    session.client.open(session.uri(name), text, language);
  const actionsAt = (name: string, { range }: Diagnostic) =>
    session.client.request<CodeAction[]>('textDocument/codeAction', session.uri(name), {
      range,
      context: { diagnostics: [] },
    });
  const edited = (name: string, text: string, actions: readonly CodeAction[], title: RegExp): string => {
    const action = actions.find(one => title.test(one.title));
    const edits = action?.edit?.changes?.[session.uri(name)];
    assert.ok(edits, `${title} is not among ${actions.map(one => one.title).join()}`);
    return applyEdits(text, edits);
  };
  const configure = (analysis: object) =>
    session.client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { pluginWorkbench: { analysis } },
    });

  before(async () => {
    session = await Session.start(files);
  });
  after(() => session.stop());

  for (const [name, language, code, marked] of languages) {
    it(`finds a dangerous call in ${name} and tells all about it`, async () => {
      const { text, ranges } = readMarked(marked);
      const uri = session.uri(name);
      await open(name, text, language);
      const found = await session.client.diagnostics(uri, has(code));
      const [first] = found.filter(one => has(code)([one]));
      assert.ok(first);
      assert.equal(first.range.start.line, ranges[0]?.start.line);
      assert.match(
        first.codeDescription?.href ?? '',
        /^https:\/\/cwe\.mitre\.org\/data\/definitions\/\d+\.html$/,
      );
      const way = first.relatedInformation ?? [];
      assert.ok(way.length > 0, 'the way of the data is not told');
      for (const { location, message } of way) {
        assert.equal(location.uri, uri);
        assert.notEqual(message, '');
      }
      const hover = await session.client.request<Hover>('textDocument/hover', uri, {
        position: first.range.start,
      });
      const told = JSON.stringify(hover.contents);
      const fence = { python: 'python', go: 'go', rust: 'rust' }[language] ?? 'javascript';
      assert.match(told, new RegExp(`${String(first.code)}.*CWE-\\d+.*\`\`\`${fence}.*\`\`\`${fence}`));

      // Switched off as the language writes comments, with a reason, it is gone.
      const off = edited(name, text, await actionsAt(name, first), new RegExp(`Switch ${first.code} off`));
      await session.client.change(uri, off);
      await session.client.diagnostics(uri, has('PW-SUPPRESSION-REASON'));
      const reasoned = off.replace(/ -- ?(?=\n| \*)/, ' -- only our own machines call it');
      await session.client.change(uri, reasoned);
      await session.client.diagnostics(uri, after => !codes(after).includes(String(first.code)));
    });
  }

  it('writes a comment between elements as an expression, and none into a text', async () => {
    const between =
      'export const View = (props: { text: string }) => (\n  <p>\n    {eval(props.text)}\n  </p>\n);\n';
    await open('one/between.tsx', between, 'typescriptreact');
    const [first] = await session.client.diagnostics(session.uri('one/between.tsx'), has('PW-JS-EVAL'));
    assert.ok(first);
    const off = edited(
      'one/between.tsx',
      between,
      await actionsAt('one/between.tsx', first),
      /off for this line/,
    );
    assert.match(
      off,
      /<p>\n {4}\{\/\* plugin-workbench-disable-next-line PW-JS-EVAL -- {2}\*\/\}\n {4}\{eval/,
    );

    const within = 'export const view = input => `\n  first\n  $' + '{eval(input)}\n`;\n';
    await open('one/within.js', within);
    const [other] = await session.client.diagnostics(session.uri('one/within.js'), has('PW-JS-EVAL'));
    assert.ok(other);
    const actions = await actionsAt('one/within.js', other);
    assert.ok(!actions.some(({ title }) => /off for this line/.test(title)), JSON.stringify(actions));
  });

  it('adds a second rule to the comment that is there', async () => {
    const text =
      'const { createHash } = require("crypto");\n// plugin-workbench-disable-next-line PW-JS-WEAK-HASH -- a name\nexport const f = t => [createHash("md5").update("x"), eval(t)];\n';
    await open('one/second.js', text);
    const [first] = await session.client.diagnostics(session.uri('one/second.js'), has('PW-JS-EVAL'));
    assert.ok(first);
    const off = edited('one/second.js', text, await actionsAt('one/second.js', first), /off for this line/);
    assert.match(
      off,
      /\n\/\/ plugin-workbench-disable-next-line PW-JS-WEAK-HASH, PW-JS-EVAL -- a name\nexport/,
    );
  });

  it('follows data into another open file, and what is typed there', async () => {
    const main =
      "import express from 'express';\nimport { run } from './lib/run.js';\nexpress().get('/', request => run(request.query.command));\n";
    const lib = session.uri('two/lib/run.js');
    await open('two/lib/run.js', run);
    const alone = await session.client.diagnostics(lib, has('PW-JS-EXEC'));
    assert.ok(!alone.some(isError));
    await open('two/main.js', main);
    const [tainted] = (await session.client.diagnostics(lib, found => found.some(isError))).filter(isError);
    assert.equal(tainted?.range.start.line, 2);
    assert.equal(tainted?.relatedInformation?.[0]?.location.uri, session.uri('two/main.js'));
    // Now it is a constant that goes in.
    await session.client.change(session.uri('two/main.js'), main.replace('request.query.command', "'ls'"));
    await session.client.diagnostics(lib, found => !found.some(isError));
  });

  it('looks again when another file of the plugin has changed on the disk', async () => {
    const main =
      "import { exec } from 'node:child_process';\nimport { folder } from './folder.js';\nexec('ls ' + folder);\n";
    const uri = session.uri('three/main.js');
    const tell = (type: number) =>
      session.client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: session.uri('three/folder.js'), type }],
      });
    const write = (text: string) => writeFile(path.join(session.folder, 'three/folder.js'), text);
    await open('three/main.js', `${main}eval(process.argv[2]);\n`);
    await session.client.diagnostics(uri, has('PW-JS-EVAL'));
    await write('export const folder = process.argv[3];\n');
    await tell(1);
    await session.client.diagnostics(uri, isSuspect);
    await write("export const folder = '/srv/data';\n");
    await tell(2);
    await session.client.diagnostics(uri, found => !isSuspect(found));
  });

  it('says of a rule or category what the settings say, at once', async () => {
    const uri = session.uri('four/main.js');
    const severities = (found: readonly Diagnostic[]): string =>
      found.map(({ code, severity }) => `${code}:${severity}`).join();
    await open('four/main.js', misuses);
    const before = severities(
      await session.client.diagnostics(
        uri,
        found => has('PW-JS-EVAL')(found) && has('PW-JS-WEAK-HASH')(found),
      ),
    );
    await configure({
      rules: { 'PW-JS-EVAL': 'hint', 'PW-JS-NONE': 1 },
      categories: { 'weak-crypto': 'off' },
    });
    await session.client.diagnostics(uri, found => severities(found) === 'PW-JS-EVAL:4');
    const report = await session.client.connection.sendRequest<ReportResult>(REVIEW_REPORT, {
      uri: session.uri('four/plugin.json'),
    });
    assert.match(report?.markdown ?? '', /\*\*hint\*\* .*PW-JS-EVAL/);
    assert.doesNotMatch(report?.markdown ?? '', /PW-JS-WEAK-HASH/);
    await configure({});
    await session.client.diagnostics(uri, found => severities(found) === before);
  });

  it('says less of test code, and nothing of what others wrote', async () => {
    const text = files['five/tests/main.test.js'] ?? '';
    await open('five/tests/main.test.js', text);
    const [first] = await session.client.diagnostics(
      session.uri('five/tests/main.test.js'),
      has('PW-JS-EVAL'),
    );
    assert.equal(first?.severity, 3);
    await open('five/node_modules/other/index.js', text);
    await open('five/dist/main.js', text);
    // The file typed in last is checked first; the second one is opened when the others have had their turn.
    for (const own of ['five/last.js', 'five/very-last.js']) {
      await open(own, text);
      await session.client.diagnostics(session.uri(own), has('PW-JS-EVAL'));
    }
    for (const name of ['five/node_modules/other/index.js', 'five/dist/main.js']) {
      assert.ok(isEmpty(session.client.published(session.uri(name)) ?? []), name);
    }
  });

  it('counts in a review what was switched off, with the reasons', async () => {
    const report = await session.client.connection.sendRequest<ReportResult>(REVIEW_REPORT, {
      uri: session.uri('five/plugin.json'),
    });
    const text = report?.markdown ?? '';
    assert.match(text, /1 switched off by the author\./);
    assert.match(text, /^## Switched off by the author \(1\)$/m);
    assert.match(text, /main\.js\\:2.*`PW-JS-WEAK-HASH`.* Why: \\\*names\\\* a cache entry$/m);
    assert.match(text, /\*\*info\*\* \[tests\/main\.test\.js.*PW-JS-EVAL/);
  });
});
