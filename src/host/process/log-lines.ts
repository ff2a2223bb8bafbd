import { StringDecoder } from 'node:string_decoder';

/** Longest line that is passed on, in UTF-16 code units; the rest of the line is dropped and said so. */
export const MAX_LINE = 64 * 1024;

/** Cuts a byte stream into lines of at most {@link MAX_LINE}, without holding more than one line. */
export interface LineSplitter {
  push(chunk: Uint8Array): void;
  /** Passes on what stands after the last line end. */
  end(): void;
}

/** Makes a splitter; understands `\n` and `\r\n`, and UTF-8 sequences that arrive in halves. */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let partial = '';
  let dropped = 0;

  function append(text: string): void {
    const room = MAX_LINE - partial.length;
    partial += text.slice(0, Math.max(0, room));
    dropped += Math.max(0, text.length - room);
  }

  function finish(): void {
    const line = partial.endsWith('\r') ? partial.slice(0, -1) : partial;
    onLine(dropped > 0 ? `${line}… (${dropped} more characters)` : line);
    partial = '';
    dropped = 0;
  }

  function take(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      append(text.slice(from, end));
      finish();
      from = end + 1;
    }
    append(text.slice(from));
  }

  return {
    push: chunk => take(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))),
    end: () => {
      take(decoder.end());
      if (partial.length > 0 || dropped > 0) finish();
    },
  };
}
