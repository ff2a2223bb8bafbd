import { ErrorCode } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';

/** A quota is used up. */
export const full = (message: string): WireError => new WireError(ErrorCode.LimitExceeded, message);

/** The same whether there is no such segment or it is none of the plugin's business. */
export const notFound = (id: string): WireError =>
  new WireError(
    ErrorCode.NotFound,
    `There is no segment ${JSON.stringify(id.slice(0, 64))} for this plugin.`,
  );

/** What the plugin may use but not in this way. */
export const notAllowed = (message: string): WireError => new WireError(ErrorCode.InvalidRequest, message);

/** The machine has nothing to share memory in. */
export const unavailable = (reason: string): WireError => new WireError(ErrorCode.Unavailable, reason);
