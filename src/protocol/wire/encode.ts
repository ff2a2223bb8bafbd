import { messageOf } from '../../base/index.ts';
import { ErrorCode } from '../plugin/index.ts';
import type { MessageId } from './message.ts';
import { WireError } from './wire-error.ts';

/** Writes a request; @throws TypeError when the params can't be written as JSON. */
export function encodeRequest(id: number, method: string, params: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method, params });
}

/** Writes a notification; @throws TypeError when the params can't be written as JSON. */
export function encodeNotification(method: string, params: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', method, params });
}

/** Writes an answer; what JSON has no word for (`undefined`, a function) becomes null, @throws TypeError for the rest. */
export function encodeResult(id: MessageId, result: unknown): string {
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${JSON.stringify(result) ?? 'null'}}`;
}

/** Writes what a handler threw; never throws. Data that can't be written as JSON is left out. */
export function encodeError(id: MessageId, error: unknown): string {
  const code = error instanceof WireError ? error.code : ErrorCode.InternalError;
  const message = messageOf(error);
  const data = error instanceof WireError ? error.data : undefined;
  try {
    return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, data } });
  } catch {
    return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
  }
}
