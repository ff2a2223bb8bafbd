import { validateHeaderName, validateHeaderValue } from 'node:http';
import { messageOf } from '../../../base/index.ts';
import { ErrorCode } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';

export type HeaderPair = readonly [name: string, value: string];

/** What the host writes itself: another value would make the request mean something else than what was decided. */
const own = [
  'host',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Takes the headers a plugin may set. @throws WireError `InvalidParams` for any other, and for what is no header */
export function checkHeaders(pairs: readonly HeaderPair[]): readonly HeaderPair[] {
  for (const [name, value] of pairs) {
    const lower = name.toLowerCase();
    if (own.includes(lower) || lower.startsWith('proxy-')) {
      throw new WireError(ErrorCode.InvalidParams, `The header ${name} is the host's to set.`);
    }
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (error) {
      throw new WireError(ErrorCode.InvalidParams, `A header can't be sent: ${messageOf(error)}`);
    }
  }
  return pairs;
}
