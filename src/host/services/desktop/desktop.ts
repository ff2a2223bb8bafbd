import type { FrontEndAnswer, FrontEndQuestion } from '../../../protocol/editor/index.ts';
import { ErrorCode, type NotificationParams } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';

/** Asks whoever shows the workbench to people. */
export type AskFrontEnd = (question: FrontEndQuestion, signal: AbortSignal) => Promise<FrontEndAnswer>;

/** The clipboard and the messages of the people who use the host. Every call throws `WireError` `Unavailable` where there is none. */
export interface Desktop {
  readClipboard(signal: AbortSignal): Promise<string>;
  writeClipboard(text: string, signal: AbortSignal): Promise<void>;
  /** Resolves when a choice was made or the message went away: the chosen action, `null` for none. */
  show(notification: NotificationParams, signal: AbortSignal): Promise<string | null>;
}

/** Messages of one plugin that may wait for people at the same time. */
const MOST_MESSAGES = 5;
/** Longest text that is taken over from the clipboard, in UTF-16 code units. */
const MOST_TEXT = 1024 * 1024;

/** Makes the desktop of one instance. @param ask `undefined` where there are no people */
export function createDesktop(pluginId: string, ask: AskFrontEnd | undefined): Desktop {
  let showing = 0;

  async function answerOf(question: FrontEndQuestion, signal: AbortSignal): Promise<string | null> {
    const answer = (await ask?.(question, signal)) ?? nobody;
    if (answer.type === 'answered') return answer.value;
    throw new WireError(ErrorCode.Unavailable, answer.message);
  }

  return {
    readClipboard: async signal => {
      const text = (await answerOf({ kind: 'clipboard/read', pluginId }, signal)) ?? '';
      if (text.length <= MOST_TEXT) return text;
      throw new WireError(ErrorCode.LimitExceeded, 'The clipboard holds too long a text.');
    },
    writeClipboard: async (text, signal) => {
      await answerOf({ kind: 'clipboard/write', pluginId, text }, signal);
    },
    show: async ({ level, message, actions = [] }, signal) => {
      if (showing >= MOST_MESSAGES) {
        throw new WireError(ErrorCode.LimitExceeded, `${showing} messages of the plugin are open already.`);
      }
      showing++;
      try {
        const kind = 'notifications/show';
        const chosen = await answerOf({ kind, pluginId, level, message, actions: [...actions] }, signal);
        // A front-end chooses among what it was given.
        return chosen !== null && actions.includes(chosen) ? chosen : null;
      } finally {
        showing--;
      }
    },
  };
}

const nobody: FrontEndAnswer = {
  type: 'unavailable',
  message: 'Nobody is there to be asked: the host has no window.',
};
