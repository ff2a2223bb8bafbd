import type { Json } from './json.ts';

/** Requests about events. */
export interface EventRequests {
  /** The name may be a pattern: a part that is `*` stands for one part, `**` for any number of them. */
  readonly 'events/subscribe': readonly [{ readonly name: string }, null];
  readonly 'events/unsubscribe': readonly [{ readonly name: string }, null];
  readonly 'events/emit': readonly [{ readonly name: string; readonly data: Json }, null];
}

/** An event as a subscriber gets it. */
export interface EventNotification {
  readonly name: string;
  /** Id of the plugin that announced it. */
  readonly from: string;
  readonly data: Json;
  /** Those of the plugin's subscriptions that it matches. */
  readonly patterns: readonly string[];
}
