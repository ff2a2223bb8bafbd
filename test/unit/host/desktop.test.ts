import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { createRpcClient } from '../../../src/extension/host/rpc-client.ts';
import { createFrontEndAsker } from '../../../src/host/front-end.ts';
import { type AskFrontEnd, createDesktop } from '../../../src/host/services/desktop/index.ts';
import type { FrontEndAnswer, FrontEndQuestion } from '../../../src/protocol/editor/index.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';

const { signal } = new AbortController();
const unavailable = { code: ErrorCode.Unavailable };

describe('the desktop of a plugin', () => {
  it('is not there where nobody is', async () => {
    const desktop = createDesktop('p', undefined);
    await assert.rejects(desktop.readClipboard(signal), unavailable);
    await assert.rejects(desktop.writeClipboard('x', signal), unavailable);
    await assert.rejects(desktop.show({ level: 'info', message: 'x' }, signal), unavailable);
  });

  it('takes no choice that was not offered', async () => {
    const desktop = createDesktop('p', async () => ({ type: 'answered', value: 'Other' }));
    assert.equal(await desktop.show({ level: 'info', message: 'x', actions: ['Yes'] }, signal), null);
  });

  it('shows a few messages at a time', async () => {
    const waiting: ((answer: FrontEndAnswer) => void)[] = [];
    const ask: AskFrontEnd = () => new Promise(resolve => waiting.push(resolve));
    const desktop = createDesktop('p', ask);
    const show = () => desktop.show({ level: 'info', message: 'x' }, signal);
    const shown = [show(), show(), show(), show(), show()];
    await assert.rejects(show(), { code: ErrorCode.LimitExceeded });
    for (const answer of waiting) answer({ type: 'answered', value: null });
    await Promise.all(shown);
    void show();
    assert.equal(waiting.length, 6);
  });

  it('bounds what comes from the clipboard', async () => {
    const value = 'x'.repeat(1024 * 1024 + 1);
    const desktop = createDesktop('p', async () => ({ type: 'answered', value }));
    await assert.rejects(desktop.readClipboard(signal), { code: ErrorCode.LimitExceeded });
  });
});

/** The two ends of a connection between an editor and a debug host. */
function connect(answer?: (question: FrontEndQuestion) => Promise<FrontEndAnswer>) {
  const [toHost, toEditor] = [new PassThrough(), new PassThrough()];
  const client = createRpcClient(toEditor, toHost, () => {}, answer);
  const host = createMessageConnection(new StreamMessageReader(toHost), new StreamMessageWriter(toEditor));
  host.listen();
  return { ask: createFrontEndAsker(host), close: () => [client, host].forEach(end => void end.dispose()) };
}

describe('a question to the front-end', () => {
  const question = { kind: 'clipboard/read', pluginId: 'p' } as const;

  it('comes there and back', async () => {
    const asked: FrontEndQuestion[] = [];
    const { ask, close } = connect(async received => {
      asked.push(received);
      return { type: 'answered', value: 'text' };
    });
    assert.deepEqual(await ask(question, signal), { type: 'answered', value: 'text' });
    assert.deepEqual(asked, [question]);
    close();
  });

  it('is answered for a front-end that knows no such thing, or fails', async () => {
    for (const answer of [
      undefined,
      async () => Promise.reject(new Error('broken')),
      async () => ({ odd: true }) as never,
    ]) {
      const { ask, close } = connect(answer);
      assert.equal((await ask(question, signal)).type, 'unavailable');
      close();
    }
  });
});
