import type { Activation } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { itemsAt, stringAt } from './values.ts';

/** The field, in every profile: fields that begin so are free for hosts to define. */
const FIELD = 'x-activationEvents';

/**
 * What wakes a plugin that was started lazily: `onEvent:<name or pattern>` and `onBroadcast`. `undefined` when the
 * manifest says nothing of it; what has no such form is reported, and wakes nothing.
 */
export function readActivation({
  document,
  report,
}: Pick<MappingInput, 'document' | 'report'>): Activation | undefined {
  if (document.nodeAt([FIELD]) === undefined) return undefined;
  const items = itemsAt(document, [FIELD]);
  if (items === undefined) {
    report('PW-MANIFEST-NAME', [FIELD], `\`${FIELD}\` is a list, such as \`["onEvent:user.*"]\`.`);
    return undefined;
  }
  const events: string[] = [];
  let broadcasts = false;
  for (const item of items) {
    const text = stringAt(document, item);
    const name = /^onEvent:(\S{1,512})$/u.exec(text ?? '')?.[1];
    if (name !== undefined) events.push(name);
    else if (text === 'onBroadcast') broadcasts = true;
    else report('PW-MANIFEST-NAME', item, 'It wakes nothing: `onEvent:<name>` and `onBroadcast` do.');
  }
  return { events, broadcasts };
}
