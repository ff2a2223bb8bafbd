import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WorkbenchError } from '../../../src/base/index.ts';
import { createBuilds } from '../../../src/host/builds/index.ts';
import { readPluginSource } from '../../../src/host/plugin/plugin-source.ts';
import { effectiveLimits } from '../../../src/host/process/limits.ts';
import type { PreparedRuntime, RuntimeProvider } from '../../../src/host/runtimes/port.ts';
import { createRustFinder } from '../../../src/host/runtimes/rust.ts';
import { createRustRuntime } from '../../../src/host/runtimes/rust-runtime.ts';
import { rustIsMissing } from './toolchain.ts';

const sdkRoot = path.resolve(import.meta.dirname, '../../../src/sdk');

/** Without the SDK, so that a build takes no longer than it must. */
const cargoToml = (more = '') =>
  `[package]\nname = "p"\nversion = "0.1.0"\nedition = "2021"\n${more}\n[workspace]\n`;

const main = (expression: string) => `fn main() {\n    println!("{}", ${expression});\n}\n`;

describe('building a plugin in Rust', { skip: rustIsMissing }, () => {
  let root: string;
  let provider: RuntimeProvider;
  let lines: string[];

  before(() => {
    // Not in /tmp, of which the sandbox has its own.
    root = mkdtempSync(path.join(realpathSync('/var/tmp'), 'rust-build-'));
    lines = [];
    const builds = createBuilds({ root: path.join(root, 'cache'), env: {} });
    const finder = createRustFinder({ env: process.env });
    provider = createRustRuntime({ finder, builds, shipped: { childScript: '', sdkRoot } });
  });

  after(() => rmSync(root, { recursive: true, force: true }));

  function plugin(name: string, files: Readonly<Record<string, string>>, entrypoint = 'src/main.rs'): string {
    const dir = path.join(root, name);
    const manifest = {
      id: name,
      version: '1.0.0',
      runtime: 'rust',
      entrypoint,
      capabilities: [],
      coordination: { exposesMethods: [] },
    };
    for (const [file, text] of Object.entries({ 'plugin.json': JSON.stringify(manifest), ...files })) {
      mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
      writeFileSync(path.join(dir, file), text);
    }
    return dir;
  }

  async function prepare(dir: string, signal = new AbortController().signal): Promise<PreparedRuntime> {
    const source = await readPluginSource(dir);
    const limits = effectiveLimits(source.manifest);
    lines = [];
    const onLog = (_: unknown, __: unknown, message: string): void => void lines.push(message);
    return provider.prepare({ source, limits, confined: true, mounts: true, onLog }, signal);
  }

  const run = ({ command: [program = ''] }: PreparedRuntime): string =>
    execFileSync(program, { encoding: 'utf8' });

  it('makes a program, without a word in the plugin’s folder', async () => {
    const dir = plugin('plain', { 'Cargo.toml': cargoToml(), 'src/main.rs': main('"plain"') });
    const runtime = await prepare(dir);
    assert.equal(run(runtime), 'plain\n');
    assert.match(runtime.description, /^rust \d+\.\d+/);
    assert.ok(runtime.runtimePaths.some(file => /\/libc\.so\.6$/.test(file)));
    assert.deepEqual(readdirSync(dir).sort(), ['Cargo.toml', 'plugin.json', 'src']);
  });

  it('makes a project of a single file, which finds the SDK', async () => {
    const text = main('plugin_workbench::json!({ "a": [1, null] })');
    const dir = plugin('single', { 'main.rs': text }, 'main.rs');
    assert.equal(run(await prepare(dir)), '{"a":[1,null]}\n');
    assert.deepEqual(readdirSync(dir).sort(), ['main.rs', 'plugin.json']);
  });

  it('builds again only what has changed, and leaves the program that runs alone', async () => {
    const dir = plugin('change', { 'Cargo.toml': cargoToml(), 'src/main.rs': main('"one"') });
    const [program = ''] = (await prepare(dir)).command;
    const { ino, mtimeMs } = statSync(program);
    await prepare(dir);
    assert.deepEqual(lines, []);
    assert.equal(statSync(program).mtimeMs, mtimeMs);
    writeFileSync(path.join(dir, 'src/main.rs'), 'mod two;\nfn main() {\n    two::two();\n}\n');
    writeFileSync(path.join(dir, 'src/two.rs'), 'pub fn two() {\n    println!("two");\n}\n');
    assert.equal(run(await prepare(dir)), 'two\n');
    assert.notEqual(statSync(program).ino, ino);
  });

  it('keeps the result from before when the new code is broken, and tells every mistake', async () => {
    const dir = plugin('broken', { 'Cargo.toml': cargoToml(), 'src/main.rs': main('"good"') });
    const good = await prepare(dir);
    const file = path.join(dir, 'src/main.rs');
    writeFileSync(file, 'fn main() {\n    one();\n    two();\n}\n');
    await assert.rejects(prepare(dir), (error: unknown) => {
      assert.ok(error instanceof WorkbenchError);
      assert.equal(error.code, 'PW-BUILD-FAILED');
      assert.deepEqual(error.details?.['location'], { file, line: 2, column: 5 });
      const problems = error.details?.['problems'] as { message: string; location: object }[];
      assert.deepEqual(
        problems.map(({ location }) => location),
        [2, 3].map(line => ({ file, line, column: 5 })),
      );
      assert.match(problems[1]?.message ?? '', /cannot find function `two`.* \[E0425\]/);
      return true;
    });
    assert.equal(run(good), 'good\n');
  });

  it('takes the program that the entry names, and says which there are', async () => {
    const files = {
      'Cargo.toml': cargoToml(),
      'src/bin/first.rs': main('"first"'),
      'src/bin/second.rs': main('"second"'),
      'src/lib.rs': '',
    };
    assert.equal(run(await prepare(plugin('named', files, 'src/bin/second.rs'))), 'second\n');
    await assert.rejects(prepare(plugin('unnamed', files, 'src/lib.rs')), {
      code: 'PW-BUILD-FAILED',
      message: /src\/bin\/first\.rs, src\/bin\/second\.rs/,
    });
  });

  it('says which Rust a project wants', async () => {
    const dir = plugin('newer', {
      'Cargo.toml': cargoToml('rust-version = "1.999"'),
      'src/main.rs': main('1'),
    });
    await assert.rejects(prepare(dir), { code: 'PW-RUNTIME-VERSION', message: /needs 1\.999/ });
  });

  it('lets a build script see nothing of the user, and reach nobody', async () => {
    const secret = path.join(root, 'secret.txt');
    writeFileSync(secret, 'secret');
    const marker = path.join(root, 'ran');
    const script = [
      'use std::{env, fs, net::TcpStream};',
      'fn main() {',
      '    let dir = env::var("CARGO_MANIFEST_DIR").unwrap();',
      `    let read = fs::read(${JSON.stringify(secret)}).is_ok();`,
      `    let wrote = fs::write(${JSON.stringify(marker)}, "x").is_ok();`,
      '    let spoiled = fs::write(format!("{dir}/Cargo.lock"), "x").is_ok() || fs::write(format!("{dir}/src/main.rs"), "x").is_ok();',
      '    let spoke = TcpStream::connect("1.1.1.1:80").is_ok();',
      '    println!("cargo:rustc-env=SEEN={read} {wrote} {spoiled} {spoke} {}", env::var("TOKEN").is_ok());',
      '}',
    ].join('\n');
    const dir = plugin('script', {
      'Cargo.toml': cargoToml(),
      'build.rs': script,
      'src/main.rs': main('env!("SEEN")'),
    });
    process.env['TOKEN'] = 'secret';
    try {
      assert.equal(run(await prepare(dir)), 'false false false false false\n');
    } finally {
      delete process.env['TOKEN'];
    }
    assert.equal(existsSync(marker), false);
    assert.equal(readFileSync(path.join(dir, 'src/main.rs'), 'utf8'), main('env!("SEEN")'));
  });

  it('does not take another file for what was built', async () => {
    const secret = path.join(root, 'other-secret.txt');
    writeFileSync(secret, 'secret');
    const script =
      'fn main() {\n    let out = std::env::var("OUT_DIR").unwrap();\n    let place = std::path::Path::new(&out).ancestors().nth(3).unwrap().join("p");\n    let _ = std::fs::remove_file(&place);\n    println!("cargo:rustc-env=PLACE={}", place.display());\n}\n';
    const dir = plugin('linked', {
      'Cargo.toml': cargoToml(),
      'build.rs': script,
      'src/main.rs': main('env!("PLACE")'),
    });
    const place = run(await prepare(dir)).trim();
    assert.ok(statSync(place).isFile());
    rmSync(place);
    symlinkSync(secret, place);
    writeFileSync(path.join(dir, 'README.md'), 'A change that Cargo takes for none.');
    const outcome = await prepare(dir).then(run, (error: WorkbenchError) => error.code);
    assert.ok(outcome === 'PW-BUILD-FAILED' || outcome === `${place}\n`, outcome);
    assert.equal(readFileSync(secret, 'utf8'), 'secret');
  });

  it('does not read a configuration of the plugin where there is a network', async () => {
    const marker = path.join(root, 'wrapped');
    const wrapper = `#!/bin/sh\necho wrapped > ${marker}\nexec "$@"\n`;
    const dir = plugin('configured', {
      'Cargo.toml': cargoToml(),
      'src/main.rs': main('"configured"'),
      'wrapper.sh': wrapper,
      'rust-toolchain.toml': '[toolchain]\nchannel = "1.0.0"\n',
    });
    chmodSync(path.join(dir, 'wrapper.sh'), 0o755);
    mkdirSync(path.join(dir, '.cargo'));
    writeFileSync(
      path.join(dir, '.cargo/config.toml'),
      `[build]\nrustc-wrapper = ${JSON.stringify(path.join(dir, 'wrapper.sh'))}\n`,
    );
    assert.equal(run(await prepare(dir)), 'configured\n');
    assert.equal(existsSync(marker), false);
  });

  it('tells a crate that can’t be had', async () => {
    const dependency = '\n[dependencies]\nno-such-crate-of-ours = { path = "nowhere" }\n';
    const dir = plugin('nowhere', { 'Cargo.toml': cargoToml(dependency), 'src/main.rs': main('1') });
    await assert.rejects(prepare(dir), { code: 'PW-BUILD-FAILED', message: /no-such-crate-of-ours/ });
  });

  it('lets go of a build when the plugin is stopped', async () => {
    const dir = plugin('stopped', { 'Cargo.toml': cargoToml(), 'src/main.rs': main('"never"') });
    const abort = new AbortController();
    const going = prepare(dir, abort.signal);
    abort.abort(new Error('stopped'));
    await assert.rejects(going, /stopped/);
    assert.equal(run(await prepare(dir)), 'never\n');
  });

  it('takes Rust neither from the plugin nor from nowhere', async () => {
    const dir = plugin('own', { 'main.rs': main('1'), 'bin/cargo': '#!/bin/sh\n' }, 'main.rs');
    chmodSync(path.join(dir, 'bin/cargo'), 0o755);
    const find = (cargoPath: string | undefined, search: string) =>
      createRustFinder({ cargoPath, env: { PATH: search } }).find(dir, undefined);
    await assert.rejects(find(path.join(dir, 'bin/cargo'), ''), { code: 'PW-RUNTIME-IN-WORKSPACE' });
    await assert.rejects(find(undefined, path.join(dir, 'bin')), { code: 'PW-RUNTIME-MISSING' });
    const finder = createRustFinder({ env: process.env });
    await assert.rejects(finder.find(dir, '<1.0.0'), { code: 'PW-RUNTIME-VERSION' });
    const found = await finder.find(dir, '>=1.70');
    assert.doesNotMatch(found.cargo, /rustup$/);
  });
});
