import { ErrorCode, type PluginErrorData, type SourceLocation } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import { PermissionDeniedError } from '../../sdk/connection/index.ts';
import { locateInStack, type OwnFiles, stackOf } from './stack.ts';

/** Longest message and stack that are handed on, in UTF-16 code units. */
const MAX_TEXT = 16 * 1024;

/**
 * Makes an answer of what plugin code threw, whatever it is. A denial that the plugin did not handle stays a denial.
 *
 * @param location overrides what the stack says
 */
export function toPluginFailure(error: unknown, own: OwnFiles, location?: SourceLocation): WireError {
  if (error instanceof WireError) return error;
  const stack = stackOf(error)?.slice(0, MAX_TEXT);
  const place = location ?? (stack === undefined ? undefined : locateInStack(stack, own));
  const data: PluginErrorData = {
    name: readText(error, 'name') ?? 'Error',
    ...(stack === undefined ? {} : { stack }),
    ...(place === undefined ? {} : { location: place }),
  };
  const message = messageOfThrown(error);
  if (!(error instanceof PermissionDeniedError)) return new WireError(ErrorCode.PluginFailed, message, data);
  return new WireError(ErrorCode.PermissionDenied, message, { ...(error.data as object), ...data });
}

/** What to tell people about anything thrown. Never throws, also not for a proxy that does. */
export function messageOfThrown(error: unknown): string {
  const message = readText(error, 'message');
  if (message !== undefined) return message;
  try {
    return String(error).slice(0, MAX_TEXT);
  } catch {
    return 'something was thrown that is no error and can’t be shown';
  }
}

function readText(error: unknown, key: 'name' | 'message'): string | undefined {
  try {
    const value = (error as Record<string, unknown> | null | undefined)?.[key];
    return typeof value === 'string' ? value.slice(0, MAX_TEXT) : undefined;
  } catch {
    return undefined;
  }
}
