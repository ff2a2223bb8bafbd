import * as v from 'valibot';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import { type Problem, problemLocationSchema, relatedProblemSchema } from '../../protocol/editor/index.ts';
import { ErrorCode } from '../../protocol/plugin/index.ts';
import { pluginErrorData } from '../../protocol/plugin-schemas/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import { explainEnd, type LocateLimit } from '../process/exit-diagnosis.ts';
import { InstanceStartError } from '../process/start-error.ts';

/** What went wrong while an instance came up or was used, for people to act on. */
export function problemOf(error: unknown, phase: string, locateLimit: LocateLimit): Problem {
  if (error instanceof InstanceStartError) {
    const { end, cause } = error;
    const closed = cause instanceof WireError && cause.code === ErrorCode.ConnectionClosed;
    return closed || end.breach || end.violation
      ? explainEnd(end, locateLimit)
      : problemOf(cause, phase, locateLimit);
  }
  if (error instanceof WorkbenchError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.nextStep ? { nextStep: error.nextStep } : {}),
      ...placesOf(error),
    };
  }
  if (error instanceof WireError) return problemOfAnswer(error, phase);
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'PW-PLUGIN-STOPPED', message: 'The plugin was stopped while it came up.' };
  }
  if (v.isValiError(error)) {
    return {
      code: 'PW-PLUGIN-PROTOCOL',
      message: `The plugin's answer to "${phase}" is malformed: ${error.message}`,
    };
  }
  return {
    code: 'PW-INTERNAL',
    message: `The debug host failed to ${phase} the plugin: ${messageOf(error)}`,
  };
}

const places = v.object({
  location: v.optional(v.fallback(v.optional(problemLocationSchema), undefined)),
  problems: v.optional(v.fallback(v.optional(v.array(relatedProblemSchema)), undefined)),
});

/** What a build says about where it failed. */
function placesOf({ details }: WorkbenchError): Pick<Problem, 'location' | 'related'> {
  const found = v.safeParse(places, details ?? {});
  if (!found.success) return {};
  const { location, problems = [] } = found.output;
  return { ...(location ? { location } : {}), ...(problems.length > 0 ? { related: problems } : {}) };
}

function problemOfAnswer(error: WireError, phase: string): Problem {
  if (error.code === ErrorCode.DeadlineExceeded) {
    return {
      code: 'PW-PLUGIN-SLOW',
      message: `The plugin did not finish to ${phase} in time: ${error.message}`,
      nextStep: `Look for work in the plugin that never ends while it should ${phase}.`,
    };
  }
  const data = v.safeParse(pluginErrorData, error.data);
  const location = data.success ? data.output.location : undefined;
  return {
    code: phase === 'load' ? 'PW-PLUGIN-LOAD' : 'PW-PLUGIN-THREW',
    message: data.success && data.output.name ? `${data.output.name}: ${error.message}` : error.message,
    ...(location ? { location } : {}),
  };
}

/** Turns a refused or failed call into the error its caller gets. */
export function callError(error: unknown, pluginId: string, method: string): unknown {
  if (!(error instanceof WireError)) return error;
  const data = v.safeParse(pluginErrorData, error.data);
  const details = data.success ? { ...data.output, method } : { method, data: error.data };
  const make = (code: string, nextStep?: string): WorkbenchError =>
    new WorkbenchError(code, messageOf(error), { nextStep, details, cause: error });
  switch (error.code) {
    case ErrorCode.UnknownCommand:
    case ErrorCode.MethodNotFound:
      return make('PW-COMMAND-UNKNOWN', `See which commands ${pluginId} has registered.`);
    case ErrorCode.PluginFailed:
      return make('PW-PLUGIN-THREW', `See the log of ${pluginId}.`);
    case ErrorCode.DeadlineExceeded:
      return make(
        'PW-CALL-DEADLINE',
        'Give the call a longer deadline, or let the plugin do less in one call.',
      );
    case ErrorCode.Cancelled:
      return make('PW-CALL-CANCELLED');
    case ErrorCode.ConnectionClosed:
      return make('PW-PLUGIN-GONE', `Start ${pluginId} again.`);
    case ErrorCode.PermissionDenied:
      // The message names the line to add.
      return make('PW-PERMISSION-DENIED');
    case ErrorCode.LimitExceeded:
      return make('PW-LIMIT-EXCEEDED');
    default:
      return make('PW-CALL-FAILED');
  }
}
