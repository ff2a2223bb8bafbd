import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Engine } from '../../../src/analysis/index.ts';
import { rustRules } from '../../../src/analysis/rules/rust/index.ts';
import { supportedLanguages } from '../../../src/analysis/supported-languages.ts';
import { engineFromModules } from './engine-from-modules.ts';

const RUN = 'pub fn run(line: &str) {\n  std::process::Command::new("sh").arg("-c").arg(line).status();\n}\n';

describe('data that goes from one file of a Rust plugin to another', () => {
  let engine: Engine;
  before(async () => {
    engine = await engineFromModules({ languages: supportedLanguages, rules: rustRules });
  });
  /** What is found by a look at `src/main.rs`, as `file:line CODE:severity`. */
  const found = (files: Readonly<Record<string, string>>): string[] => {
    const project = engine.open({
      read: file => (files[file] === undefined ? undefined : { text: files[file], language: 'rust' }),
      absolute: file => file,
      isTarget: () => true,
    });
    return project
      .analyze('src/main.rs')
      .map(({ file, range, code, severity }) => `${file}:${range.start.line + 1} ${code}:${severity}`);
  };
  const main = (text: string): string => `${text}\n#[tauri::command]\nfn go(line: String) { `;

  it('is followed through every way to name a module', () => {
    const error = ['src/util.rs:2 PW-RS-COMMAND:error'];
    const util = { 'src/util.rs': RUN };
    const ways: readonly string[] = [
      `${main('mod util;')} util::run(&line); }`,
      `${main('mod util; use util::run;')} run(&line); }`,
      `${main('mod util; use crate::util;')} util::run(&line); }`,
      `${main('mod util; use crate::util::run as start;')} start(&line); }`,
      `${main('mod util;')} crate::util::run(&line); }`,
      `${main('mod util; use self::util::{self, run};')} run(&line); }`,
    ];
    for (const text of ways) assert.deepEqual(found({ ...util, 'src/main.rs': text }), error, text);
  });

  it('is followed up and down folders, and into types', () => {
    const files = {
      'src/main.rs': `${main('mod util; mod api;')} api::handle(&line); api::store::Store::new().keep(&line); }`,
      'src/util.rs': RUN,
      'src/api/mod.rs': 'pub mod store;\nuse super::util;\npub fn handle(x: &str) { util::run(x); }\n',
      'src/api/store.rs':
        'pub struct Store;\nimpl Store {\n  pub fn new() -> Self { Store }\n  pub fn keep(&self, x: &str) {\n    std::fs::write(x, "").unwrap();\n  }\n}\n',
    };
    assert.deepEqual(found(files), [
      'src/api/store.rs:5 PW-RS-PATH-TRAVERSAL:error',
      'src/util.rs:2 PW-RS-COMMAND:error',
    ]);
  });

  it('is nothing when the other file gets a constant', () => {
    assert.deepEqual(
      found({ 'src/main.rs': `${main('mod util;')} util::run("date"); }`, 'src/util.rs': RUN }),
      [],
    );
  });
});
