import type { Readable } from 'node:stream';
import type { LogLevel } from '../../protocol/plugin/index.ts';
import { createFloodGate } from './flood-gate.ts';
import { createLineSplitter, MAX_LINE } from './log-lines.ts';

/** Lines a second that one instance may log; more are dropped and counted. */
const LINES_PER_SECOND = 1000;

/** Lines of stderr, and of errors in the plugin's log, kept to explain how the process ended. */
const KEPT_ERRORS = 40;

/** Where a log line comes from: the plugin's logger, its streams, or the host. */
export type LogSource = 'sdk' | 'stdout' | 'stderr' | 'host';

/** Hears every log line that passes. */
export type LogSink = (source: LogSource, level: LogLevel, message: string) => void;

/** Everything one instance writes for people to read. */
export interface Output {
  /** Takes a message of the plugin's logger. */
  write(source: LogSource, level: LogLevel, message: string): void;
  /** The last lines of stderr and of logged errors, oldest first. */
  lastErrors(): readonly string[];
  /** Resolves when both streams have ended. */
  readonly finished: Promise<void>;
}

/** Reads both streams line by line, with bounds on the length of a line and on lines a second. */
export function createOutput(stdout: Readable, stderr: Readable, sink: LogSink): Output {
  const errors: string[] = [];
  const keep = (lines: readonly string[]): void => {
    errors.push(...lines.slice(-KEPT_ERRORS));
    errors.splice(0, Math.max(0, errors.length - KEPT_ERRORS));
  };
  const gate = createFloodGate({
    limit: LINES_PER_SECOND,
    windowMs: 1000,
    now: () => performance.now(),
    onFlood: () =>
      sink(
        'host',
        'warn',
        `The plugin logs more than ${LINES_PER_SECOND} lines a second; the rest is dropped.`,
      ),
    onEnd: dropped => sink('host', 'warn', `${dropped} log lines were dropped.`),
  });

  function write(source: LogSource, level: LogLevel, message: string): void {
    if (!gate.pass()) return;
    sink(source, level, message.length > MAX_LINE ? `${message.slice(0, MAX_LINE)}…` : message);
  }

  const finished = Promise.all([
    readLines(stdout, line => write('stdout', 'info', line)),
    readLines(stderr, line => {
      keep([line]);
      write('stderr', 'error', line);
    }),
  ]).then(() => {});

  return {
    write: (source, level, message) => {
      if (level === 'error') keep(message.slice(0, MAX_LINE).split('\n'));
      write(source, level, message);
    },
    lastErrors: () => [...errors],
    finished,
  };
}

function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const lines = createLineSplitter(onLine);
  return new Promise(resolve => {
    stream.on('data', (chunk: Uint8Array) => lines.push(chunk));
    // A stream that fails has ended too; why the process ended is told by its exit.
    stream.on('error', () => {});
    stream.on('close', () => {
      lines.end();
      resolve();
    });
  });
}
