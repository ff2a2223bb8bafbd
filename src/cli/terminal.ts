import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes, and how. Handed in, so that tests read what people would see. */
export interface Terminal {
  /** Results: one call, one line (or block) on stdout. */
  out(text: string): void;
  /** Progress and failures, on stderr, so that results can be piped. */
  note(text: string): void;
  /**
   * Shows how far something has come, in place of what was shown before; the empty text takes it away. Absent when
   * nobody watches.
   */
  progress?(text: string): void;
  /** Asks a question and resolves to the answer; absent when nobody is there to ask. */
  ask?(question: string, stop: AbortSignal): Promise<string>;
  /** Colours a text where the output is a terminal that shows colours. */
  paint(style: Style, text: string): string;
}

/** The terminal of this process. */
export function createTerminal(
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  stdin: NodeJS.ReadStream,
): Terminal {
  const ask = async (question: string, stop: AbortSignal): Promise<string> => {
    const reader = createInterface({ input: stdin, output: stderr });
    try {
      return await reader.question(question, { signal: stop });
    } finally {
      reader.close();
    }
  };
  return {
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
    ...(stderr.isTTY ? { progress: text => void stderr.write(`\r\u001b[K${text}`) } : {}),
    out: text => void stdout.write(`${text}\n`),
    note: text => void stderr.write(`${text}\n`),
    paint: (style, text) =>
      stdout.isTTY ? styleText(style, text, { stream: stdout, validateStream: true }) : text,
  };
}

/**
 * Makes text from a plugin or a manifest safe to print: control characters could move the cursor, change colours or
 * write to the clipboard.
 */
export function printable(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
