/** Calls to the host that a plugin does not wait for: what it registers and subscribes to. */
export interface Registrations {
  /** Watches a call. @param undo runs when it fails */
  add(call: Promise<unknown>, undo: () => void): void;
  /** Waits for the calls made so far; from then on failures are reported. @throws the first failure */
  settle(): Promise<void>;
}

/**
 * Makes the list of calls.
 *
 * @param report hears of failures that come after `settle`, when there is no activation left to fail
 */
export function createRegistrations(report: (error: unknown) => void): Registrations {
  let open: Promise<unknown>[] | undefined = [];
  return {
    add: (call, undo) => {
      const watched = call.catch((error: unknown) => {
        undo();
        throw error;
      });
      if (open) open.push(watched);
      // During activation `settle` throws it; the second handler keeps node from calling it unhandled till then.
      watched.catch(open ? () => {} : report);
    },
    settle: async () => {
      try {
        // Handlers of the first calls may have registered more.
        for (let i = 0; open && i < open.length; i++) await open[i];
      } finally {
        open = undefined;
      }
    },
  };
}
