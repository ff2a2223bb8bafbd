import type { CallEvent, Values } from '../../flow/index.ts';
import type { Effect, Place } from '../effect.ts';
import { textsOf } from '../own-places.ts';
import { valueAt } from '../resources-of.ts';

/** Names in a module, as patterns: `members('fs', 'readFile')` is `fs.readFile`. */
export function members(owners: string | readonly string[], names: string): readonly string[] {
  return [owners].flat().flatMap(owner => names.split(/\s+/u).map(name => `${owner}.${name}`));
}

/** Calls that read files. */
export function reads(call: readonly string[], at: Place = 0, does = 'reads a file'): Effect {
  return { call, scope: 'filesystem', action: 'read', is: 'file', at, does };
}

/** Calls that write, make, change or remove files. */
export function writes(call: readonly string[], at: Place = 0, does = 'writes a file'): Effect {
  return { call, scope: 'filesystem', action: 'write', is: 'file', at, does };
}

/** Calls that send a request to an address. */
export function requests(call: readonly string[], at: Place = 0, method?: Effect['method']): Effect {
  return { call, scope: 'network', action: 'connect', is: 'url', at, method, does: 'sends a request' };
}

/** Calls that connect to a host. */
export function connects(
  call: readonly string[],
  at: Place,
  more: Pick<Effect, 'port' | 'protocol' | 'resource' | 'when'> & { readonly does?: string } = {},
): Effect {
  const { does = 'connects to a host', ...rest } = more;
  return { call, scope: 'network', action: 'connect', is: 'host', at, ...rest, does };
}

/** Calls that always lead to one host. */
export function reaches(call: readonly string[], resource: string, does: string): Effect {
  return { call, scope: 'network', action: 'connect', resource, protocol: 'https', does };
}

/** Calls that start programs. */
export function starts(call: readonly string[], is: 'program' | 'command-line', at: Place = 0): Effect {
  return { call, scope: 'process', action: 'run', is, at, does: 'starts a program' };
}

/** Calls that read an environment variable. */
export function variables(call: readonly string[]): Effect {
  return {
    call,
    scope: 'environment',
    action: 'read',
    is: 'name',
    at: 0,
    does: 'reads an environment variable',
  };
}

/** Calls that run code no sandbox of a language sees. */
export function loadsNative(call: readonly string[], at: Place = 0): Effect {
  return { call, scope: 'native', action: 'load', is: 'name', at, does: 'loads native code' };
}

/** Calls that start threads or processes of the program's own. */
export function startsWorkers(call: readonly string[]): Effect {
  return { call, scope: 'worker', action: 'start', does: 'starts a worker' };
}

/** Calls that wait for connections. */
export function listens(call: readonly string[]): Effect {
  return { call, scope: 'network', action: 'listen', does: 'listens for connections' };
}

/** Whether a file is opened to be read or written, by a mode such as `r`, `w`, `a+`. */
export function byMode(place: Place) {
  return (call: CallEvent, values: Values): readonly string[] => {
    const value = valueAt(place, call);
    if (value === undefined) return ['read'];
    const texts = textsOf(value, values, '');
    // An unknown mode is taken for the lesser of the two.
    if (texts === undefined) return ['read'];
    const writing = texts.some(mode => /[wax+]/u.test(mode));
    const reading = texts.some(mode => /r|\+/u.test(mode) || !/[wax]/u.test(mode));
    return [...(reading ? ['read'] : []), ...(writing ? ['write'] : [])];
  };
}

/** A place holds text that is known in part at least. */
export function isText(place: Place) {
  return (call: CallEvent, values: Values): boolean =>
    textsOf(valueAt(place, call), values, '') !== undefined;
}

/** An option is given. */
export function hasOption(...names: readonly string[]) {
  return (call: CallEvent): boolean => names.some(name => call.option(name) !== undefined);
}

/** None of the options is given. */
export function lacksOption(...names: readonly string[]) {
  return (call: CallEvent): boolean => names.every(name => call.option(name) === undefined);
}
