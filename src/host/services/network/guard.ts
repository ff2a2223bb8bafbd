import type { Capability } from '../../../manifest/index.ts';
import { ErrorCode } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';
import {
  allows,
  type NetworkGuard,
  NetworkRefusal,
  type NetworkRule,
  type NetworkWish,
  writeTarget,
} from '../../../sandbox/network/index.ts';
import type { Rates } from '../../broker/rates.ts';
import type { DescribedNeed, Recorder } from '../../broker/recorder.ts';

/** A permit of the guard together with the error that a refusal is on the wire. */
export interface PluginNetworkGuard extends NetworkGuard {
  /** Like `permit`. @throws WireError `PermissionDenied` or `LimitExceeded` */
  permitRequest(wish: NetworkWish): ReturnType<NetworkGuard['permit']>;
  /** Like `refuse`, and gives the error to throw. */
  refuseRequest(wish: NetworkWish, why: string): WireError;
}

/** What decides. */
export interface GuardPorts {
  /** What the plugin may do now. */
  capabilities(): readonly Capability[];
  readonly recorder: Recorder;
  readonly rates: Rates;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Makes the guard of one instance: whatever its manifest does not say is refused. */
export function createNetworkGuard({ capabilities, recorder, rates, now }: GuardPorts): PluginNetworkGuard {
  function usable(): Capability[] {
    const at = now();
    const isValid = (c: Capability) => (c.restrictions.expiresAt ?? Number.POSITIVE_INFINITY) > at;
    // What names the very host comes first: it may allow an address that a pattern does not.
    return capabilities()
      .filter(c => c.scope === 'network' && (c.action === 'connect' || c.action === '*') && isValid(c))
      .sort((a, b) => Number(a.resource.includes('*')) - Number(b.resource.includes('*')));
  }

  function find({ protocols, target, method }: NetworkWish): Capability | undefined {
    return usable().find(capability =>
      protocols.some(protocol => allows(ruleOf(capability), { protocol, target, method })),
    );
  }

  function refuseRequest(wish: NetworkWish, why: string): WireError {
    return recorder.deny(needOf(wish), why);
  }

  function permitRequest(wish: NetworkWish): ReturnType<NetworkGuard['permit']> {
    const capability = find(wish);
    if (capability === undefined) throw recorder.deny(needOf(wish), reason(wish, usable()));
    rates.use(capability);
    recorder.allow(needOf(wish));
    const { maxBytes, expiresAt } = capability.restrictions;
    return { rule: ruleOf(capability), maxBytes, expiresAt };
  }

  return {
    permitRequest,
    refuseRequest,
    permit: wish => {
      try {
        return permitRequest(wish);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        throw new NetworkRefusal(error.message, error.code === ErrorCode.LimitExceeded);
      }
    },
    refuse: (wish, why) => void refuseRequest(wish, why),
    ruleFor: target => {
      const found = usable().find(capability => {
        const rule = { ...ruleOf(capability), methods: undefined };
        return (rule.protocols ?? ['http', 'https']).some(protocol =>
          allows(rule, { protocol: protocol.toLowerCase(), target, method: undefined }),
        );
      });
      return found && ruleOf(found);
    },
  };
}

function ruleOf({ resource, restrictions: { protocols, methods } }: Capability): NetworkRule {
  return { host: resource, protocols, methods };
}

function needOf({ protocols, target }: NetworkWish): DescribedNeed {
  const protocol = protocols[0] ?? 'https';
  const resource = writeTarget(target, protocol);
  return { scope: 'network', action: 'connect', resource, protocol };
}

/** What is granted for the host although this use is not. */
function reason(
  { protocols, target, method }: NetworkWish,
  capabilities: readonly Capability[],
): string | undefined {
  const [protocol = 'https'] = protocols;
  const hosts = capabilities.filter(({ resource }) =>
    allows({ host: resource }, { protocol, target, method }),
  );
  if (hosts.length === 0) return undefined;
  const inProtocol = hosts.filter(c => c.restrictions.protocols?.includes(protocol) ?? true);
  if (inProtocol.length === 0) return `the protocol ${protocol} is not among those it may use`;
  return method === undefined
    ? 'its methods are restricted, which can’t be checked within TLS; use the fetch of the SDK'
    : `the method ${method} is not among those it may use`;
}
