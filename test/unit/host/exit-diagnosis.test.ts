import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainEnd } from '../../../src/host/process/exit-diagnosis.ts';
import type { InstanceEnd } from '../../../src/host/process/port.ts';

const end = (more: Partial<InstanceEnd>): InstanceEnd => ({
  code: null,
  signal: null,
  intended: false,
  breach: undefined,
  violation: undefined,
  lastErrors: [],
  ...more,
});
const place = { file: '/p/plugin.json', line: 4, column: 2 };
const explain = (more: Partial<InstanceEnd>) => explainEnd(end(more), () => place);

test('a limit is told with what was used and the line that sets it', () => {
  const breach = { resource: 'memory', used: 130 << 20, limit: 128 << 20, action: 'killed' } as const;
  const problem = explain({ signal: 'SIGKILL', breach });
  assert.equal(problem.code, 'PW-LIMIT-MEMORY');
  assert.match(problem.message, /130\.0 MiB of 128\.0 MiB/);
  assert.deepEqual(problem.location, place);
  const cpu = explain({
    signal: 'SIGKILL',
    breach: { resource: 'cpu', used: 99.6, limit: 50, action: 'killed' },
  });
  assert.deepEqual([cpu.code, /100 % of a core/.test(cpu.message)], ['PW-LIMIT-CPU', true]);
});

test('a manifest that states no limit has no place to show', () => {
  const breach = { resource: 'memory', used: 2, limit: 1, action: 'killed' } as const;
  assert.equal('location' in explainEnd(end({ breach }), () => undefined), false);
});

test('a full heap is the memory limit', () => {
  const lastErrors = ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'];
  assert.equal(explain({ signal: 'SIGABRT', lastErrors }).code, 'PW-LIMIT-MEMORY');
});

test('an offence on the wire comes before everything else', () => {
  const violation = { kind: 'messageSize', message: 'too large', used: 2, limit: 1 } as const;
  const problem = explain({ signal: 'SIGKILL', violation });
  assert.deepEqual([problem.code, /too large/.test(problem.message)], ['PW-PLUGIN-WIRE', true]);
});

test('an uncaught error gives its message and the first place in the plugin', () => {
  const lastErrors = [
    'The plugin crashed. TypeError: x is not a function',
    '    at work (/workbench/child.cjs:10:5)',
    '    at go (file:///p/src/index.mjs:12:7)',
    '    at /p/src/other.mjs:1:1',
  ];
  const problem = explain({ code: 1, lastErrors });
  assert.equal(
    problem.message,
    'The plugin process ended by itself with exit code 1: TypeError: x is not a function',
  );
  assert.deepEqual(problem.location, { file: '/p/src/index.mjs', line: 12, column: 7 });
});

test('a panic of a goroutine gives its message and the first place that is not of Go itself', () => {
  const lastErrors = [
    'panic: no such customer',
    '',
    'goroutine 7 [running]:',
    'panic({0x4b1a60?, 0x4ef3f0?})',
    '\t/usr/local/go/src/runtime/panic.go:792 +0x132',
    'main.work()',
    '\t/p/main.go:12 +0x1d',
    'created by main.main in goroutine 1',
    '\t/p/main.go:5 +0x25',
  ];
  const problem = explain({ code: 2, lastErrors });
  assert.equal(
    problem.message,
    'The plugin process ended by itself with exit code 2: panic: no such customer',
  );
  assert.deepEqual(problem.location, { file: '/p/main.go', line: 12, column: 1 });
});

test('without a word the signal or the code is all there is', () => {
  assert.equal(explain({ signal: 'SIGSEGV' }).message, 'The plugin process was ended by signal SIGSEGV.');
  assert.equal(explain({ code: 0 }).message, 'The plugin process ended by itself with exit code 0.');
  assert.equal('location' in explain({ code: 0 }), false);
});
