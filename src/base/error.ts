/** What an expected failure carries besides its message. */
export interface WorkbenchErrorOptions {
  /** What the person can do now, as an imperative sentence. */
  readonly nextStep?: string | undefined;
  readonly cause?: unknown;
  /** Structured facts for machines; must be JSON. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * An expected failure: the runtime is missing, the sandbox can't be had, a call timed out.
 *
 * Front-ends show `message` and `nextStep`; programs look at `code`. A bug is an ordinary `Error` instead.
 */
export class WorkbenchError extends Error {
  /** Stable identifier such as `PW-SANDBOX-MISSING`. */
  readonly code: string;
  readonly nextStep: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: string, message: string, options: WorkbenchErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'WorkbenchError';
    this.code = code;
    this.nextStep = options.nextStep;
    this.details = options.details;
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
