import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';
import {
  CancellationTokenSource,
  createMessageConnection,
  ErrorCodes,
  RequestType,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { type Disposable, Emitter, type Event, messageOf, WorkbenchError } from '../../base/index.ts';
import {
  editorMethods,
  FRONTEND_ASK,
  type FrontEndAnswer,
  type FrontEndQuestion,
  failureSchema,
  frontEndQuestionSchema,
  HOST_EVENT,
  type HostEvent,
  hostEventSchema,
} from '../../protocol/editor/index.ts';

type Methods = typeof editorMethods;

/** The requests of the editor protocol over one pair of streams, with every answer and event decoded. */
export interface RpcClient extends Disposable {
  readonly onEvent: Event<HostEvent>;
  /** Rejects with the reason of `signal` as soon as that is aborted. */
  call<M extends keyof Methods>(
    method: M,
    params: v.InferInput<Methods[M]['params']>,
    signal?: AbortSignal,
  ): Promise<v.InferOutput<Methods[M]['result']>>;
}

/**
 * @param onOddity told about a message that the protocol does not know; it is dropped.
 * @param answer does what plugins want of the editor; without it they hear that there is no such service
 */
export function createRpcClient(
  input: Readable,
  output: Writable,
  onOddity: (message: string) => void,
  answer?: (question: FrontEndQuestion) => Promise<FrontEndAnswer>,
): RpcClient {
  const connection = createMessageConnection(new StreamMessageReader(input), new StreamMessageWriter(output));
  const events = new Emitter<HostEvent>();
  let closed = false;

  connection.onNotification(HOST_EVENT, (params: unknown) => {
    const decoded = v.safeParse(hostEventSchema, params);
    if (decoded.success) events.fire(decoded.output);
    else onOddity(`The plugin host sent an event that can't be read: ${v.summarize(decoded.issues)}`);
  });
  if (answer !== undefined) {
    connection.onRequest(new RequestType<unknown, FrontEndAnswer, void>(FRONTEND_ASK), async params => {
      const decoded = v.safeParse(frontEndQuestionSchema, params);
      if (decoded.success) return answer(decoded.output);
      onOddity(`The plugin host asked what can't be read: ${v.summarize(decoded.issues)}`);
      throw new ResponseError(ErrorCodes.InvalidParams, 'Not a question.');
    });
  }
  connection.onError(([error]) => onOddity(`The connection to the plugin host failed: ${error.message}`));
  connection.onClose(() => close());
  connection.listen();

  function close(): void {
    if (closed) return;
    closed = true;
    // Disposing is what makes vscode-jsonrpc reject the requests that have no answer yet.
    connection.dispose();
    events.dispose();
  }

  return {
    onEvent: events.event,
    dispose: close,
    call: async (method, params, signal) => {
      if (closed) throw hostEnded();
      signal?.throwIfAborted();
      const cancellation = new CancellationTokenSource();
      let cancel = (): void => {};
      // Whoever gives up does not wait for a host that may be stuck; the host is told, and its answer is dropped.
      const aborted = new Promise<never>((_, reject) => {
        cancel = () => {
          cancellation.cancel();
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', cancel, { once: true });
      });
      try {
        const request = connection.sendRequest(editorMethods[method].name, params, cancellation.token);
        const answer: unknown = await Promise.race([request, aborted]);
        return v.parse(editorMethods[method].result, answer) as never;
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw closed || isWriteFailure(error) ? hostEnded(error) : asWorkbenchError(error);
      } finally {
        signal?.removeEventListener('abort', cancel);
        cancellation.dispose();
      }
    },
  };
}

/** A host that just died is noticed by whoever writes to it before the streams tell that they are closed. */
function isWriteFailure(error: unknown): boolean {
  return error instanceof ResponseError && error.code === ErrorCodes.MessageWriteError;
}

function hostEnded(cause?: unknown): WorkbenchError {
  return new WorkbenchError('PW-HOST-ENDED', 'The plugin host ended before it answered.', {
    nextStep: 'Wait until it runs again, or use “Plugin Workbench: Restart Plugin Host”.',
    cause,
  });
}

/** A failure the host sent becomes the `WorkbenchError` it was over there; anything else is a bug and stays one. */
function asWorkbenchError(error: unknown): unknown {
  if (!(error instanceof ResponseError)) return error;
  const failure = v.safeParse(failureSchema, error.data);
  if (!failure.success) return new Error(`The plugin host failed: ${messageOf(error)}`, { cause: error });
  const { code, nextStep, details } = failure.output;
  return new WorkbenchError(code, error.message, { nextStep, details, cause: error });
}
