import {
  ErrorCode,
  type Json,
  type PluginErrorData,
  type SourceLocation,
} from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import { PluginCallError } from '../../sdk/connection/index.ts';
import { errorName } from './error-name.ts';
import { locateInStack, type OwnFiles, stackOf } from './stack.ts';

/** Longest message and stack that are handed on, in UTF-16 code units. */
const MAX_TEXT = 16 * 1024;

/** Longest code of its own that an error may have, and the longest details, in UTF-16 code units of their JSON. */
const MAX_CODE = 200;
const MAX_DETAILS = 256 * 1024;

/**
 * Makes an answer of what plugin code threw, whatever it is. What the plugin did not handle of its own calls stays
 * what it was: a denial, a cancellation, a deadline, another plugin's failure.
 *
 * @param location overrides what the stack says
 */
export function toPluginFailure(error: unknown, own: OwnFiles, location?: SourceLocation): WireError {
  if (error instanceof WireError) return error;
  const stack = stackOf(error)?.slice(0, MAX_TEXT);
  const place = location ?? (stack === undefined ? undefined : locateInStack(stack, own));
  const data: PluginErrorData = {
    ...explanationOf(error),
    ...(stack === undefined ? {} : { stack }),
    ...(place === undefined ? {} : { location: place }),
  };
  const message = messageOfThrown(error);
  if (!(error instanceof PluginCallError)) return new WireError(ErrorCode.PluginFailed, message, data);
  const { code } = error;
  if (code === ErrorCode.PermissionDenied) {
    return new WireError(code, message, { ...(error.data as object), ...data });
  }
  if (code === ErrorCode.Cancelled || code === ErrorCode.DeadlineExceeded)
    return new WireError(code, message);
  return new WireError(ErrorCode.PluginFailed, message, data);
}

/** The members of an error that a program understands. */
function explanationOf(error: unknown): PluginErrorData {
  const name = readText(error, 'name') ?? 'Error';
  if (!(error instanceof PluginCallError)) return { name, ...wordsOf(error) };
  if (error.code !== ErrorCode.PluginFailed) return { name, code: errorName(error.code) };
  const { name: theirs = name, code, details, plugin } = (error.data ?? {}) as Partial<PluginErrorData>;
  return {
    name: theirs,
    ...(code === undefined ? {} : { code }),
    ...(details === undefined ? {} : { details }),
    ...(plugin === undefined ? {} : { plugin }),
  };
}

function wordsOf(error: unknown): Pick<PluginErrorData, 'code' | 'details'> {
  const code = readText(error, 'code')?.slice(0, MAX_CODE);
  const details = readJson(error, 'details');
  return { ...(code === undefined ? {} : { code }), ...(details === undefined ? {} : { details }) };
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

/** `undefined` for what is no JSON, or too much of it. */
function readJson(error: unknown, key: 'details'): Json | undefined {
  try {
    const text = JSON.stringify((error as Record<string, unknown> | null | undefined)?.[key]);
    return text === undefined || text.length > MAX_DETAILS ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function readText(error: unknown, key: 'name' | 'message' | 'code'): string | undefined {
  try {
    const value = (error as Record<string, unknown> | null | undefined)?.[key];
    return typeof value === 'string' ? value.slice(0, MAX_TEXT) : undefined;
  } catch {
    return undefined;
  }
}
