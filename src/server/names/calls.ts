import type { Literal, SourceText } from '../sources/index.ts';
import { literalSyntaxOf } from '../sources/index.ts';
import type { PluginName, Role } from './name.ts';

const commandCalls: Readonly<Record<string, Role>> = {
  register: 'registered',
  registerCommand: 'registered',
  registerMethod: 'registered',
  execute: 'called',
  executeCommand: 'called',
  invoke: 'called',
  call: 'called',
  callMethod: 'called',
};

const eventCalls: Readonly<Record<string, Role>> = {
  on: 'heard',
  once: 'heard',
  off: 'heard',
  subscribe: 'heard',
  emit: 'announced',
  publish: 'announced',
};

/** Sockets, streams and processes have events, too. */
const eventReceiver = /(?:event|bus|plugin|context|ctx|sdk|api|host)\w*$/i;

/** What a literal means by the function it is handed to. */
export interface Meaning {
  readonly kind: PluginName['kind'];
  readonly role: Role;
}

/** The meaning of a literal in JavaScript or TypeScript; `undefined` when the call says nothing. */
export function meaningOf({ callee, receiver }: Literal): Meaning | undefined {
  if (callee === undefined) return undefined;
  if (Object.hasOwn(commandCalls, callee)) return { kind: 'command', role: commandCalls[callee] ?? 'called' };
  if (!Object.hasOwn(eventCalls, callee)) return undefined;
  if (receiver !== undefined && !eventReceiver.test(receiver)) return undefined;
  return { kind: 'event', role: eventCalls[callee] ?? 'heard' };
}

/**
 * The literals of a source that may stand for a name of a kind. Where the calls are not known (Python, Go, Rust) every
 * literal may.
 */
export function namedLiterals(
  source: SourceText,
  kind: PluginName['kind'],
): readonly { readonly literal: Literal; readonly role: Role }[] {
  const isScript = literalSyntaxOf(source.file) === 'javascript';
  return source.literals.flatMap(literal => {
    const meaning = meaningOf(literal);
    if (meaning !== undefined) return meaning.kind === kind ? [{ literal, role: meaning.role }] : [];
    return isScript ? [] : [{ literal, role: kind === 'command' ? 'registered' : 'announced' }];
  });
}
