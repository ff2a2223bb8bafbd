import * as v from 'valibot';
import { CancellationTokenSource, type MessageConnection } from 'vscode-jsonrpc/node';
import { FRONTEND_ASK, frontEndAnswerSchema } from '../protocol/editor/index.ts';
import type { AskFrontEnd } from './services/desktop/index.ts';

/** Asks the front-end at the end of a connection. One that does not answer as it should has no such service. */
export function createFrontEndAsker(connection: MessageConnection): AskFrontEnd {
  return async (question, signal) => {
    const cancellation = new CancellationTokenSource();
    const cancel = (): void => cancellation.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      const answer: unknown = await connection.sendRequest(FRONTEND_ASK, question, cancellation.token);
      return v.parse(frontEndAnswerSchema, answer);
    } catch {
      signal.throwIfAborted();
      return { type: 'unavailable', message: 'The front-end offers no such service.' };
    } finally {
      signal.removeEventListener('abort', cancel);
      cancellation.dispose();
    }
  };
}
