import type { CallEvent, Values } from '../flow/index.ts';
import type { SourceLanguage } from '../languages.ts';
import type { NeedConfidence, NeedScope } from './need.ts';

/**
 * Where in a call something stands: a position, a name (a keyword argument or the key of an options record), both, or
 * what the method is called on.
 */
export type Place = number | string | readonly [number, string] | 'receiver';

/** What the text at a place is. */
export type ResourceKind = 'file' | 'url' | 'host' | 'program' | 'command-line' | 'name';

/** What a call, or a property that is read, needs: a row of a language's table. */
export interface Effect {
  /** Patterns of calls, as in `Knowledge`. */
  readonly call?: readonly string[] | undefined;
  /** Patterns of properties that are read. */
  readonly read?: readonly string[] | undefined;
  readonly scope: NeedScope;
  /** One action, several, or what the call says. */
  readonly action: string | readonly string[] | ((call: CallEvent, values: Values) => readonly string[]);
  /** What the resource is; without it and without `resource` it is unknown. */
  readonly is?: ResourceKind | undefined;
  /** Where it stands; position 0 when left out. */
  readonly at?: Place | undefined;
  /** A resource that is always the same. */
  readonly resource?: string | undefined;
  /** Where a host's port stands. */
  readonly port?: Place | undefined;
  /** The HTTP method: itself, or where it stands; `GET` where the call leaves that out. */
  readonly method?: string | { readonly at: Place } | undefined;
  /** The protocol, where no address says it. */
  readonly protocol?: string | undefined;
  /** `sdk` where the host carries it out; `runtime` when left out. */
  readonly through?: 'sdk' | undefined;
  /** `medium` where the name alone says it. */
  readonly confidence?: NeedConfidence | undefined;
  /** A further condition. */
  readonly when?: ((call: CallEvent, values: Values) => boolean) | undefined;
  /** What happens, as in "reads a file". */
  readonly does: string;
}

/** A service of the plugin SDK, in all the names that the languages give its methods. */
export interface SdkEffect extends Omit<Effect, 'call' | 'read'> {
  /** Names of the context's member, in lower case: `files`, `fs`. */
  readonly service: readonly string[];
  readonly methods: readonly string[];
  /** Languages in which another call tells, such as the making of a request. */
  readonly except?: readonly SourceLanguage[] | undefined;
  /** Languages whose arguments begin with something else: Go's `ctx` shifts every position by one. */
  readonly shift?: Partial<Record<SourceLanguage, number>> | undefined;
}
