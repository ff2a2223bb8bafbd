import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCargoReport, readCargoError } from '../../../../src/host/runtimes/rust-report.ts';

const laidOut = '/cache/made/source';
const root = '/plugins/counter';

const spanAt = (file_name: string, line: number, column: number, more: object = {}) => ({
  file_name,
  line_start: line,
  column_start: column,
  is_primary: true,
  expansion: null,
  ...more,
});

function compilerMessage(level: string, message: string, spans: readonly object[], code?: string): string {
  const children = [
    { level: 'help', message: 'try this', code: null, spans: [], children: [], rendered: null },
  ];
  return JSON.stringify({
    reason: 'compiler-message',
    package_id: 'path+file:///cache/made/source#counter@0.1.0',
    message: {
      level,
      message,
      code: code === undefined ? null : { code, explanation: null },
      spans,
      children,
      rendered: `${level}: ${message}\n`,
    },
  });
}

describe('what Cargo reports', () => {
  it('tells errors where they are in the plugin, once', () => {
    const report = createCargoReport(laidOut, root);
    const line = compilerMessage('error', 'mismatched types', [spanAt('src/main.rs', 3, 5)], 'E0308');
    report.take(line);
    report.take(line);
    report.take(compilerMessage('error', 'aborting due to 1 previous error', []));
    assert.deepEqual(report.errors, [
      {
        message: 'mismatched types [E0308]',
        location: { file: '/plugins/counter/src/main.rs', line: 3, column: 5 },
      },
    ]);
  });

  it('goes out of a macro of others to where it was used', () => {
    const report = createCargoReport(laidOut, root);
    const used = spanAt('src/lib.rs', 9, 1);
    const inside = spanAt('/rustc/library/std/src/macros.rs', 1, 2, { expansion: { span: used } });
    report.take(compilerMessage('error', 'bad format', [inside]));
    const [error] = report.errors;
    assert.deepEqual(error?.location, { file: '/plugins/counter/src/lib.rs', line: 9, column: 1 });
  });

  it('keeps an error that has no place in the plugin, with its notes', () => {
    const report = createCargoReport(laidOut, root);
    report.take(compilerMessage('error', 'linking with `cc` failed', []));
    assert.deepEqual(report.errors, [{ message: 'linking with `cc` failed\nhelp: try this' }]);
  });

  it('collects programs and warnings, and nothing from lines that are no messages', () => {
    const report = createCargoReport(laidOut, root);
    report.take('   Compiling counter v0.1.0');
    report.take('{"reason":"unheard-of"}');
    assert.equal(report.hasCompiled, false);
    report.take(compilerMessage('warning', 'unused variable', [spanAt('src/main.rs', 1, 1)]));
    report.take(compilerMessage('warning', '1 warning emitted', []));
    const target = { name: 'counter', kind: ['bin'], src_path: '/cache/made/source/src/main.rs' };
    report.take(
      JSON.stringify({ reason: 'compiler-artifact', target, executable: '/made/target/debug/counter' }),
    );
    const library = { name: 'serde', kind: ['lib'], src_path: '/serde/src/lib.rs' };
    report.take(JSON.stringify({ reason: 'compiler-artifact', target: library, executable: null }));
    assert.deepEqual(report.warnings, ['warning: unused variable']);
    assert.deepEqual(report.programs, [
      { name: 'counter', source: target.src_path, file: '/made/target/debug/counter' },
    ]);
    assert.equal(report.hasCompiled, true);
  });

  it('reads where a manifest is broken', () => {
    const now =
      'error: key with no value, expected `=`\n --> Cargo.toml:4:8\n  |\n4 | editin 2\n  |        ^\n';
    assert.deepEqual(readCargoError(now, laidOut, root), {
      message: 'key with no value, expected `=`',
      location: { file: '/plugins/counter/Cargo.toml', line: 4, column: 8 },
    });
    const before =
      'error: failed to parse manifest at `/cache/made/source/sub/Cargo.toml`\n\nCaused by:\n  TOML parse error at line 2, column 5\n    |\n  2 | x\n';
    const problem = readCargoError(before, laidOut, root);
    assert.deepEqual(problem.location, { file: '/plugins/counter/sub/Cargo.toml', line: 2, column: 5 });
    assert.match(problem.message, /^failed to parse manifest at `\/plugins\/counter\/sub\/Cargo\.toml`/);
  });

  it('keeps the causes of what has no place', () => {
    const text =
      '    Updating crates.io index\nerror: no matching package named `nowhere` found\nlocation searched: crates.io index\nrequired by package `counter v0.1.0 (/cache/made/source)`\n';
    assert.deepEqual(readCargoError(text, laidOut, root), {
      message:
        'no matching package named `nowhere` found\nlocation searched: crates.io index\nrequired by package `counter v0.1.0 (/plugins/counter)`',
    });
    assert.deepEqual(readCargoError('', laidOut, root), { message: 'it gave no reason' });
  });
});
