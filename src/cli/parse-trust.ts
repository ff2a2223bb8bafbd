import { InvalidArgumentError } from 'commander';
import * as v from 'valibot';
import { type TrustLevel, trustLevelSchema } from '../protocol/editor/index.ts';

/**
 * Takes one `<id>=<level>` of the command line in, beside those before it.
 *
 * @throws InvalidArgumentError when it is none
 */
export function parseTrust(
  text: string,
  known: Readonly<Record<string, TrustLevel>>,
): Readonly<Record<string, TrustLevel>> {
  const [, id, level] = /^(.+)=([^=]*)$/.exec(text) ?? [];
  if (id !== undefined && v.is(trustLevelSchema, level)) return { ...known, [id]: level };
  const levels = trustLevelSchema.options.join(', ');
  throw new InvalidArgumentError(`Give a plugin's id and one of ${levels}, such as my-plugin=partner.`);
}
