import type { Abstract, ArgumentView, CallEvent, Values } from '../flow/index.ts';
import type { Effect, Place } from './effect.ts';
import type { Need } from './need.ts';
import { textsOf } from './own-places.ts';
import { filePattern, hostPattern, programName, programOfLine, urlTarget } from './resource.ts';

/** What a need is done to, and how. */
export type Resource = Pick<Need, 'resource' | 'protocols' | 'methods'> & {
  /** Whoever calls the function says it, and nobody is seen to. */
  readonly isForCallers?: boolean | undefined;
};

const unknown: Resource = { resource: '*' };

/**
 * What the argument of a call says about its effect; empty where it turns out to have none (`fetch('data:…')`).
 *
 * @param file path of the source file relative to the plugin's folder
 */
export function resourcesOf(
  effect: Pick<Effect, 'is' | 'at' | 'resource' | 'port' | 'method' | 'protocol'>,
  call: CallEvent,
  values: Values,
  file: string,
): readonly Resource[] {
  const network = networkFacts(effect, call, values);
  if (effect.resource !== undefined) return [{ resource: effect.resource, ...network }];
  if (effect.is === undefined) return [{ ...unknown, ...network }];
  const given = valueAt(effect.at ?? 0, call);
  // A command that is a list begins with its program.
  const value = effect.is === 'program' ? (given?.fields?.get('0') ?? given) : given;
  const texts = textsOf(value, values, file);
  const isForCallers = value?.taint?.level === 'parameter' && value.also === undefined;
  if (texts === undefined) return [{ ...unknown, ...network, ...(isForCallers ? { isForCallers } : {}) }];
  return texts.flatMap(text => read(text, effect, call, values, network));
}

function read(
  text: string,
  effect: Pick<Effect, 'is' | 'port' | 'protocol'>,
  call: CallEvent,
  values: Values,
  network: Partial<Resource>,
): readonly Resource[] {
  switch (effect.is) {
    case 'file':
      return [{ resource: filePattern(text) }];
    case 'program':
      return [{ resource: programName(text) }];
    case 'command-line':
      return [{ resource: programOfLine(text) }];
    case 'url': {
      const target = urlTarget(text);
      if (target === undefined) return [];
      const protocols = target.protocol === undefined ? network.protocols : [target.protocol];
      return [{ ...network, resource: target.resource, protocols }];
    }
    case 'host': {
      // Some take an address as well: `io('https://…')`.
      const target = text.includes('://') ? urlTarget(text) : undefined;
      const port =
        effect.port === undefined ? undefined : textsOf(valueAt(effect.port, call), values, '')?.[0];
      const resource = target?.resource ?? hostPattern(text, port, effect.protocol);
      return [{ ...network, resource }];
    }
    default:
      return [{ resource: text.trim() === '' ? '*' : text.slice(0, 200) }];
  }
}

function networkFacts(
  { method, protocol }: Pick<Effect, 'method' | 'protocol'>,
  call: CallEvent,
  values: Values,
): Partial<Resource> {
  const protocols = protocol === undefined ? {} : { protocols: [protocol] };
  if (method === undefined) return protocols;
  if (typeof method === 'string') return { ...protocols, methods: [method] };
  const value = valueAt(method.at, call);
  // Options that were handed in from elsewhere may say any method.
  if (value === undefined) return call.hasSpread ? protocols : { ...protocols, methods: ['GET'] };
  const texts = values.constantsOf(value).filter(text => typeof text === 'string');
  return texts.length === 0 ? protocols : { ...protocols, methods: texts.map(text => text.toUpperCase()) };
}

/** What stands at a place; `undefined` where nothing does. */
export function valueAt(place: Place, call: CallEvent): Abstract | undefined {
  if (place === 'receiver') return call.receiver;
  if (typeof place === 'number') return call.argument(place)?.value;
  if (typeof place === 'string')
    return (call.option(place) ?? call.argument(undefined, place)?.value) as Abstract | undefined;
  const view: ArgumentView | undefined = call.argument(place[0], place[1]);
  return view?.value ?? call.option(place[1]);
}
