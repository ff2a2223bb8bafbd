import type { NetworkRule } from './rules.ts';
import type { Target } from './target.ts';

/** What a plugin wants to do on the network. */
export interface NetworkWish {
  /** Any of them will do: a TLS tunnel may be `https` or `wss`. */
  readonly protocols: readonly string[];
  readonly target: Target;
  /** In capitals; `undefined` within a TLS tunnel, where nobody can see it. */
  readonly method: string | undefined;
}

/** A wish granted, and under which conditions. */
export interface NetworkPermit {
  readonly rule: NetworkRule;
  /** Most bytes in either direction; unbounded when absent. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds since the epoch; what is open ends then. */
  readonly expiresAt?: number | undefined;
}

/** What the guard throws; the message is for whoever wrote the plugin. */
export class NetworkRefusal extends Error {
  /** It is granted, but not so often. */
  readonly isRate: boolean;

  constructor(message: string, isRate = false) {
    super(message);
    this.name = 'NetworkRefusal';
    this.isRate = isRate;
  }
}

/** Decides about every request and tunnel of one plugin, and writes each decision down. */
export interface NetworkGuard {
  /** @throws NetworkRefusal */
  permit(wish: NetworkWish): NetworkPermit;
  /** A rule that allows some use of the target, whatever protocol and method; writes nothing down. */
  ruleFor(target: Target): NetworkRule | undefined;
  /** Writes down that a wish, although permitted, was refused for what showed up later. */
  refuse(wish: NetworkWish, why: string): void;
}
