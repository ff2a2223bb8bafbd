import { type CancellationToken, type Connection, ResponseError } from 'vscode-languageserver/node';
import { messageOf } from '../base/index.ts';

/**
 * Wraps the handlers of a connection: what one throws is logged and answered with nothing, so that a file nobody
 * thought of costs one answer and not the server.
 */
export function createBoundary(connection: Pick<Connection, 'console'>) {
  const log = (what: string, error: unknown): void => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
    connection.console.error(`${what}: ${detail}`);
  };
  return {
    /** Runs something that nobody waits for. */
    run: (what: string, work: () => void | Promise<void>): void => {
      void (async () => {
        try {
          await work();
        } catch (error) {
          log(what, error);
        }
      })();
    },
    /** Makes a request handler that answers `null` after a failure or a cancellation; a `ResponseError` goes to the client. */
    request:
      <P, R>(what: string, handler: (params: P, token: CancellationToken) => R | Promise<R>) =>
      async (params: P, token: CancellationToken): Promise<R | null> => {
        if (token.isCancellationRequested) return null;
        try {
          return await handler(params, token);
        } catch (error) {
          // What is said to the person on purpose is no bug.
          if (error instanceof ResponseError) throw error;
          log(what, error);
          return null;
        }
      },
  };
}

/** What {@link createBoundary} gives. */
export type Boundary = ReturnType<typeof createBoundary>;
