import type { Capability, PluginManifest } from '../../manifest/index.ts';
import type { Need } from './need.ts';
import { type Cover, coversFiles, coversHosts, coversNames } from './patterns.ts';

/** Something that is done, inferred or observed. */
export type Deed = Pick<Need, 'scope' | 'action' | 'resource'> & Partial<Pick<Need, 'protocols' | 'methods'>>;

/** How a manifest's words for it are looked for; a plugin system may have others than the canonical ones. */
export interface Wording {
  readonly scope: string;
  readonly action: string;
  readonly resource: string;
}

/** The capabilities that would allow a deed: the first is what the plugin system calls it. */
export function wordings(
  { scope, action, resource }: Wording,
  profile: string,
): readonly [Wording, ...Wording[]] {
  if (scope !== 'system' || action !== 'notifications') return [{ scope, action, resource }];
  const window = { scope: 'ui', action: 'write', resource: '*' };
  const service = { scope, action, resource: '*' };
  // The Guide lets a plugin write to the window; LogoMesh names the service in either of two scopes.
  if (profile === 'guide') return [window];
  return profile === 'logomesh' ? [service, { ...service, scope: 'ui' }] : [service];
}

/** What of a deed a capability allows. */
export function coverOf(capability: Capability, deed: Deed, profile: string): Cover {
  let best: Cover = 'none';
  for (const wording of wordings(deed, profile)) {
    if (capability.scope !== wording.scope) continue;
    if (capability.action !== wording.action && capability.action !== '*') continue;
    const cover = coverResource(capability, wording.resource);
    if (cover === 'none') continue;
    const how = allowsHow(capability, deed);
    if (how === 'none') continue;
    if (cover === 'all' && how === 'all') return 'all';
    best = 'part';
  }
  return best;
}

function coverResource({ scope, resource }: Capability, wanted: string): Cover {
  if (scope === 'filesystem') return coversFiles(resource, wanted);
  if (scope === 'network') return coversHosts(resource, wanted);
  return coversNames(resource, wanted);
}

/** Protocols and methods: what is not known of the deed may be among those allowed. */
function allowsHow({ restrictions }: Capability, { protocols, methods }: Deed): Cover {
  const covers = [coverWords(restrictions.protocols, protocols), coverWords(restrictions.methods, methods)];
  return covers.includes('none') ? 'none' : covers.includes('part') ? 'part' : 'all';
}

function coverWords(allowed: readonly string[] | undefined, used: readonly string[] | undefined): Cover {
  if (allowed === undefined || used === undefined || used.length === 0) return 'all';
  const known = new Set(allowed.map(word => word.toLowerCase()));
  const count = used.filter(word => known.has(word.toLowerCase())).length;
  return count === used.length ? 'all' : count > 0 ? 'part' : 'none';
}

/** Whether a manifest speaks of a deed between plugins, and if so what it says. */
export function contributionAllows(
  { contributions, id }: PluginManifest,
  { scope, action, resource }: Deed,
): boolean | undefined {
  const { events, methods, openMethods, consumed, messaging } = contributions;
  const isListed = (names: readonly string[] | undefined): boolean =>
    names === undefined || resource.includes('*') || names.includes(resource);
  const consumes = (method: string): boolean =>
    consumed === undefined || method.includes('*') || consumed.some(one => one.id === method);
  switch (`${scope}/${action}`) {
    case 'events/emit':
      return isListed(events);
    case 'commands/register':
      return openMethods || isListed(methods.map(method => method.id));
    case 'commands/execute': {
      const colon = resource.indexOf(':');
      if (colon < 0 || resource.startsWith(`${id}:`)) return true;
      return consumes(resource) || consumes(resource.slice(colon + 1));
    }
    case 'messages/call':
      return messaging !== false && consumes(resource.slice(resource.indexOf(':') + 1));
    case 'messages/broadcast':
      return messaging !== false && isListed(events);
    default:
      if (scope === 'events' || scope === 'commands') return true;
      return scope === 'messages' ? messaging !== false : undefined;
  }
}

/** Variables that the workbench sets, or that runtimes look for by themselves; nobody grants them. */
const ownVariables =
  /^(?:PATH|HOME|LANG|LC_\w+|TMPDIR|TMP|TEMP|PWD|USER|SHELL|TERM|TZ|NODE_\w+|PYTHON\w+|GO\w+|RUST_\w+|CARGO_\w+|(?:HTTPS?|NO|ALL)_PROXY|https?_proxy|no_proxy|SSL_CERT_\w+|CI|DEBUG|FORCE_COLOR|NO_COLOR|COLORTERM)$/u;

/** Whether nobody has to grant a deed, because every plugin may: its own folder, its private `/tmp`, listening inside. */
export function isFree({ scope, action, resource }: Deed, through: 'sdk' | 'runtime' | 'package'): boolean {
  if (scope === 'native' || scope === 'worker') return true;
  if (scope === 'network') return action !== 'connect';
  if (scope === 'environment') return ownVariables.test(resource);
  if (scope !== 'filesystem' || through === 'sdk') return false;
  if (/^\/(?:tmp|proc|dev|sys)(?:\/|$)/u.test(resource)) return true;
  return action === 'read' && (resource === './' || resource.startsWith('./'));
}
