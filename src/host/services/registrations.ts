import type { Json } from '../../protocol/plugin/index.ts';

/** Most entries of one kind that an instance may register. */
export const MAX_REGISTERED = 1000;

/** What holds for everything that is registered. */
export interface Registered {
  /** Numbers of the host, in the order in which things were registered; a reload keeps them. */
  readonly order: number;
}

/** A place among the handlers of a hook or a chain: the lower priority first, then the order. */
export interface Ranked {
  readonly priority: number;
}

/** What a plugin provides. */
export interface Provided {
  readonly kind: string;
  readonly id: string;
  readonly info: Json;
}

/** Things of one kind that an instance has registered. */
export interface Table<T> {
  /** Takes an entry in place of one of the same key; false when there are too many. */
  add(key: string, entry: T): boolean;
  delete(key: string): void;
  get(key: string): (T & Registered) | undefined;
  values(): Iterable<T & Registered>;
}

/** What one instance has registered for others to use, beside commands and events. */
export interface Registrations {
  readonly hooks: Table<Ranked>;
  readonly chains: Table<Ranked>;
  /** By {@link providerKey}. */
  readonly providers: Table<Provided>;
  /** Whether it wants broadcasts. */
  listening: boolean;
}

/** What {@link createRegistrations} needs. */
export interface RegistrationPorts {
  /** A number higher than all before. */
  nextOrder(): number;
  /** The registrations that these are to replace, as long as those serve; what is registered again keeps its order. */
  previous(): Registrations | undefined;
}

/** Makes the empty registrations of an instance. */
export function createRegistrations({ nextOrder, previous }: RegistrationPorts): Registrations {
  function createTable<T>(before: () => Table<T> | undefined): Table<T> {
    const entries = new Map<string, T & Registered>();
    return {
      add: (key, entry) => {
        const known = entries.get(key);
        if (!known && entries.size >= MAX_REGISTERED) return false;
        const order = known?.order ?? before()?.get(key)?.order ?? nextOrder();
        entries.set(key, { ...entry, order });
        return true;
      },
      delete: key => {
        entries.delete(key);
      },
      get: key => entries.get(key),
      values: () => entries.values(),
    };
  }
  return {
    hooks: createTable(() => previous()?.hooks),
    chains: createTable(() => previous()?.chains),
    providers: createTable(() => previous()?.providers),
    listening: false,
  };
}

/** The key of a provider among those of an instance. */
export function providerKey(kind: string, id: string): string {
  return JSON.stringify([kind, id]);
}
