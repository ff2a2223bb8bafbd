/** What a peer may send. A message beyond any of these ends the connection. */
export interface WireLimits {
  /** Bytes of one message, without its header. */
  readonly maxMessageBytes: number;
  /** Arrays and objects within one another, the message itself included. */
  readonly maxDepth: number;
  /** Requests and notifications, sustained; twice as many may come in a burst. Answers are not counted. */
  readonly maxMessagesPerSecond: number;
  /**
   * Requests handled at the same time. When more arrive they are left unread until some are answered; with
   * `Infinity` the peer is always read and never made to wait.
   */
  readonly maxConcurrentRequests: number;
  /** Bytes that may wait because the peer does not read. */
  readonly maxUnreadBytes: number;
}

/** The limits a peer has when nothing else is said. */
export const defaultWireLimits: WireLimits = {
  maxMessageBytes: 4 * 1024 * 1024,
  maxDepth: 64,
  maxMessagesPerSecond: 5000,
  maxConcurrentRequests: 256,
  maxUnreadBytes: 64 * 1024 * 1024,
};

/** Bytes of the header of one message; a longer one is malformed. */
export const MAX_HEADER_BYTES = 1024;

/** Which rule a peer broke. */
export type WireViolationKind = 'malformed' | 'messageSize' | 'depth' | 'messageRate';

/** What a peer did that ended the connection. */
export interface WireViolation {
  readonly kind: WireViolationKind;
  /** One sentence for people that names what was sent. */
  readonly message: string;
  /** What was used and what was allowed, in the unit of the limit; both 0 for a message that is malformed. */
  readonly used: number;
  readonly limit: number;
}

/** A violation by malformed data. */
export function malformed(message: string): WireViolation {
  return { kind: 'malformed', message, used: 0, limit: 0 };
}
