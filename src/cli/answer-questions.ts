import type { FrontEndAnswer, FrontEndQuestion } from '../protocol/editor/index.ts';
import { printable, type Terminal } from './terminal.ts';

const colours = { info: 'cyan', warning: 'yellow', error: 'red' } as const;

/** Answers plugins at a terminal: it shows their messages, nobody chooses an action, and there is no clipboard. */
export function createAnswers(
  terminal: Pick<Terminal, 'note' | 'paint'>,
): (question: FrontEndQuestion) => Promise<FrontEndAnswer> {
  return async question => {
    if (question.kind !== 'notifications/show') {
      return { type: 'unavailable', message: 'A terminal has no clipboard.' };
    }
    const { pluginId, level, message, actions } = question;
    const choices = actions.length === 0 ? '' : ` [${actions.map(printable).join('] [')}]`;
    const { paint } = terminal;
    terminal.note(
      `${paint('bold', pluginId)} ${paint(colours[level], 'says')} ${printable(message)}${choices}`,
    );
    return { type: 'answered', value: null };
  };
}
