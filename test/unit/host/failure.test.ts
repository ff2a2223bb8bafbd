import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPluginFailure } from '../../../src/host/child/failure.ts';
import { createOwnFiles } from '../../../src/host/child/stack.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';
import { PermissionDeniedError, PluginCallError } from '../../../src/sdk/connection/index.ts';

const own = createOwnFiles(import.meta.dirname);

/** The answer to a caller, without the stack. */
function answerTo(error: unknown): {
  code: number;
  message: string;
  data: Record<string, unknown> | undefined;
} {
  const { code, message, data } = toPluginFailure(error, own);
  if (data === undefined) return { code, message, data };
  const { stack: _stack, location: _location, ...rest } = data as Record<string, unknown>;
  return { code, message, data: rest };
}

const callError = (code: number, data?: unknown): PluginCallError =>
  new PluginCallError('it failed', { method: 'messages/call', code, data });

test('an error comes with its name, its code and its details', () => {
  const error = Object.assign(new RangeError('too far'), { code: 'TOO_FAR', details: { limit: 3 } });
  const data = { name: 'RangeError', code: 'TOO_FAR', details: { limit: 3 } };
  assert.deepEqual(answerTo(error), { code: ErrorCode.PluginFailed, message: 'too far', data });
});

test('what is no word and no JSON is left out', () => {
  const circle: Record<string, unknown> = {};
  circle['itself'] = circle;
  for (const more of [
    { code: 404, details: circle },
    { code: Symbol('x'), details: () => {} },
    { details: 10n },
    { details: 'x'.repeat(300_000) },
    Object.defineProperty({}, 'details', {
      get: () => {
        throw new Error('not to be read');
      },
    }),
  ]) {
    const error = Object.defineProperties(new Error('odd'), Object.getOwnPropertyDescriptors(more));
    assert.deepEqual(answerTo(error).data, { name: 'Error' });
  }
  const long = Object.assign(new Error('long'), { code: 'X'.repeat(1000) });
  assert.deepEqual(answerTo(long).data, { name: 'Error', code: 'X'.repeat(200) });
});

test('another plugin’s failure that is let through stays what it was', () => {
  const theirs = { name: 'StockError', code: 'SOLD_OUT', details: { left: 0 }, plugin: 'shop' };
  assert.deepEqual(answerTo(callError(ErrorCode.PluginFailed, { ...theirs, more: 1 })), {
    code: ErrorCode.PluginFailed,
    message: 'it failed',
    data: theirs,
  });
});

test('a denial, a cancellation and a deadline stay that; anything else is named', () => {
  const denial = { scope: 'storage', action: 'read', resource: 'k', grant: 'line' };
  const denied = new PermissionDeniedError('no', {
    method: 'storage/get',
    code: ErrorCode.PermissionDenied,
    data: denial,
  });
  assert.partialDeepStrictEqual(answerTo(denied), { code: ErrorCode.PermissionDenied, data: denial });
  for (const code of [ErrorCode.Cancelled, ErrorCode.DeadlineExceeded]) {
    assert.deepEqual(answerTo(callError(code)), { code, message: 'it failed', data: undefined });
  }
  for (const [code, name] of [
    [ErrorCode.UnknownPlugin, 'UnknownPlugin'],
    [ErrorCode.NotFound, 'NotFound'],
    [ErrorCode.ConnectionClosed, 'ConnectionClosed'],
    [4711, 'PluginFailed'],
  ] as const) {
    const data = { name: 'PluginCallError', code: name };
    assert.deepEqual(answerTo(callError(code)), { code: ErrorCode.PluginFailed, message: 'it failed', data });
  }
});
