import { ErrorCode } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import { MAX_REGISTERED } from '../services/registrations.ts';

/** Answers a registration that was taken; @throws WireError when it was not, because there are too many. */
export function refuseBeyond(taken: boolean, what: string): null {
  if (taken) return null;
  const message = `A plugin may register ${MAX_REGISTERED} ${what}, not more.`;
  throw new WireError(ErrorCode.LimitExceeded, message);
}
