import { type CallParams, ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { CommandHandler } from '../../sdk/node/package/index.d.ts';
import type { ContextControl } from './context.ts';
import { type CurrentCall, describeCall } from './current-call.ts';
import type { Handlers } from './handlers.ts';
import { readTyped, writeTyped } from './typed.ts';

/** What the answers are made from. */
export interface AnswerPorts {
  /** @throws WireError before there is a context */
  control(): ContextControl;
  /** What answers an `invoke`. */
  findMethod(method: string): CommandHandler | undefined;
  /** Runs plugin code; what it throws becomes an answer. */
  run<T>(work: () => T | Promise<T>): Promise<T>;
  readonly current: CurrentCall;
}

type Answers = Pick<Handlers, 'invoke' | 'hooks/call' | 'middleware/handle' | 'providers/call'>;

/** Makes what answers the requests by which the plugin works for somebody. */
export function createAnswers({ control, findMethod, run, current }: AnswerPorts): Answers {
  async function answer(params: CallParams, work: () => unknown): Promise<Json> {
    return (await run(() => current.run(params, work))) as Json;
  }

  /** Like {@link answer}, with arguments and a result that may be tagged JSON. */
  async function answerTyped(
    params: CallParams & { readonly args: Json; readonly typed?: true | undefined },
    work: (args: unknown) => unknown,
  ): Promise<Json> {
    if (!params.typed) return answer(params, () => work(params.args));
    const args = readTyped(params.args);
    return answer(params, async () => writeTyped(await work(args)));
  }

  return {
    invoke: (params, signal) => {
      const { method } = params;
      const handler = findMethod(method);
      if (!handler) {
        throw new WireError(ErrorCode.UnknownCommand, `The plugin has no command "${method}".`);
      }
      return answerTyped(params, args => handler(args, describeCall(params, signal)));
    },
    'hooks/call': (params, signal) => {
      const handler = control().findHook(params.hook);
      if (!handler) throw missing(`handler for the hook "${params.hook}"`);
      return answer(params, () =>
        handler(params.value, { ...describeCall(params, signal), hook: params.hook }),
      );
    },
    'middleware/handle': (params, signal) => {
      const handler = control().findMiddleware(params);
      if (!handler) throw missing(`handler for the chain "${params.chain}"`);
      return answer(params, () => handler(describeCall(params, signal)));
    },
    'providers/call': (params, signal) => {
      const { kind, id, method } = params;
      const handler = control().findProvider(kind, id, method);
      if (!handler) throw missing(`method "${method}" of a provider "${id}" of the kind "${kind}"`);
      return answerTyped(params, args => handler(args, describeCall(params, signal)));
    },
  };
}

function missing(what: string): WireError {
  return new WireError(ErrorCode.NotFound, `The plugin has no ${what}.`);
}
