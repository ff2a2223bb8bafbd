import { isUtf8 } from 'node:buffer';
import { bytesNestDeeper } from './depth.ts';
import { malformed, type WireLimits, type WireViolation } from './limits.ts';

/** What identifies a request; ours are numbers, other peers may use short strings. */
export type MessageId = number | string;

/** A message of JSON-RPC that has the right shape. */
export type WireMessage =
  | { readonly kind: 'request'; readonly id: MessageId; readonly method: string; readonly params: unknown }
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown }
  | { readonly kind: 'result'; readonly id: MessageId | null; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: MessageId | null; readonly error: WireErrorObject };

/** The `error` member of an answer. */
export interface WireErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data: unknown;
}

const MAX_METHOD = 256;
const MAX_STRING_ID = 64;
/** Text that may hold the key `__proto__`, written out or with its letters escaped. */
const mayHoldProto = /__proto__|\\u00[5-7]/i;

/** Decodes one body: UTF-8, depth, JSON, shape. Keys named `__proto__` are dropped, wherever they stand. */
export function decodeMessage(body: Buffer, limits: WireLimits): WireMessage | WireViolation {
  if (bytesNestDeeper(body, limits.maxDepth)) {
    const message = `A message nests arrays and objects deeper than ${limits.maxDepth} levels.`;
    return { kind: 'depth', message, used: limits.maxDepth + 1, limit: limits.maxDepth };
  }
  if (!isUtf8(body)) return malformed('A message is not UTF-8.');
  const text = body.toString('utf8');
  let value: unknown;
  try {
    value = mayHoldProto.test(text) ? JSON.parse(text, dropProto) : JSON.parse(text);
  } catch {
    return malformed(`A message is not JSON: ${quote(text)}.`);
  }
  return shapeMessage(value) ?? malformed(`A message is not JSON-RPC 2.0: ${quote(text)}.`);
}

function dropProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

function shapeMessage(value: unknown): WireMessage | undefined {
  if (!isObject(value) || value['jsonrpc'] !== '2.0') return undefined;
  const { id, method, params } = value;
  if (method !== undefined) {
    if (typeof method !== 'string' || method.length > MAX_METHOD) return undefined;
    if (params !== undefined && (typeof params !== 'object' || params === null)) return undefined;
    if ('result' in value || 'error' in value) return undefined;
    if (id === undefined) return { kind: 'notification', method, params };
    return isId(id) ? { kind: 'request', id, method, params } : undefined;
  }
  if (id !== null && !isId(id)) return undefined;
  const { result, error } = value;
  if (error === undefined) return result === undefined ? undefined : { kind: 'result', id, result };
  if (result !== undefined || !isObject(error)) return undefined;
  const { code, message, data } = error;
  if (!Number.isSafeInteger(code) || typeof message !== 'string') return undefined;
  return { kind: 'error', id, error: { code: code as number, message, data } };
}

/** True for what may identify a request. */
export function isId(value: unknown): value is MessageId {
  return Number.isSafeInteger(value) || (typeof value === 'string' && value.length <= MAX_STRING_ID);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
