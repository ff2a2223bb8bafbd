import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { createFloodGate } from '../../../src/host/process/flood-gate.ts';
import { createLineSplitter, MAX_LINE } from '../../../src/host/process/log-lines.ts';
import { createOutput } from '../../../src/host/process/output.ts';

function split(...chunks: readonly (string | Buffer)[]): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter(line => lines.push(line));
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.end();
  return lines;
}

test('lines are cut at \\n and \\r\\n, across chunks, and the last needs no end', () => {
  assert.deepEqual(split('a\nb', 'c\r', '\n\nd'), ['a', 'bc', '', 'd']);
  assert.deepEqual(split('a\n'), ['a']);
  assert.deepEqual(split(), []);
});

test('a character that arrives in halves stays whole', () => {
  const bytes = Buffer.from('grün €\n');
  assert.deepEqual(split(bytes.subarray(0, 3), bytes.subarray(3, 7), bytes.subarray(7)), ['grün €']);
});

test('a line longer than the bound is cut, and says by how much', () => {
  const [line = '', next] = split('x'.repeat(MAX_LINE), 'yyy', 'y\nnext');
  assert.equal(line, `${'x'.repeat(MAX_LINE)}… (4 more characters)`);
  assert.equal(next, 'next');
});

test('an endless line takes no more memory than a line', () => {
  const lines: string[] = [];
  const splitter = createLineSplitter(line => lines.push(line));
  const chunk = Buffer.alloc(MAX_LINE, 'z');
  for (let i = 0; i < 1000; i++) splitter.push(chunk);
  splitter.end();
  assert.equal(lines.length, 1);
  assert.ok((lines[0]?.length ?? 0) < MAX_LINE + 100);
});

test('the gate tells a flood once, and afterwards how much it held back', () => {
  let now = 0;
  const told: string[] = [];
  const gate = createFloodGate({
    limit: 3,
    windowMs: 1000,
    now: () => now,
    onFlood: () => told.push('flood'),
    onEnd: dropped => told.push(`dropped ${dropped}`),
  });
  const passed = Array.from({ length: 10 }, () => gate.pass()).filter(Boolean).length;
  assert.equal(passed, 3);
  assert.deepEqual(told, ['flood']);
  now = 1000;
  assert.equal(gate.pass(), true);
  assert.deepEqual(told, ['flood', 'dropped 7']);
});

test('a plugin that floods its output is heard in part, and its last errors are kept', async () => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const heard: string[] = [];
  const output = createOutput(stdout, stderr, (source, level, message) =>
    heard.push(`${source} ${level} ${message}`),
  );
  stdout.end('spam\n'.repeat(20_000));
  stderr.end(Array.from({ length: 100 }, (_, n) => `error ${n}`).join('\n'));
  await output.finished;
  assert.ok(heard.length < 3000, `${heard.length} lines were passed on`);
  assert.equal(heard.filter(line => line.startsWith('host warn')).length, 1);
  assert.equal(output.lastErrors().at(-1), 'error 99');
  assert.equal(output.lastErrors().length, 40);
});
