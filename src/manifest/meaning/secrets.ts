import type { SourcePath } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { secretIn } from '../secrets/index.ts';
import type { ManifestNode } from '../text/index.ts';

/** Names under which people keep what should be kept from others. */
const secretName = /(?:key|token|secret|password|passwd|passphrase|credentials?)$/iu;
/** Random text of an alphabet of 16 has 4 bits a character; words of a language and paths have less than this in all. */
const leastBits = 3.2;
const leastLength = 16;

/** Reports keys, tokens and passwords anywhere in the manifest. The message never repeats them. */
export function checkSecrets({ document, report }: Pick<MappingInput, 'document' | 'report'>): void {
  const seen = new Set<ManifestNode>();
  const visit = (node: ManifestNode, path: SourcePath): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'array') {
      for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    } else if (node.kind === 'object') {
      for (const { key, value } of node.properties) visit(value, [...path, key]);
    } else if (typeof node.value === 'string') {
      const kind = secretIn(node.value) ?? suspicion(String(path.findLast(isKey) ?? ''), node.value);
      if (kind !== undefined) report('PW-MANIFEST-SECRET', path, `This looks like ${kind}.`);
    }
  };
  if (document.root !== undefined) visit(document.root, []);
}

function isKey(step: string | number): boolean {
  return typeof step === 'string';
}

function suspicion(name: string, value: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/:@]{4,}@/iu.test(value) && !/[:@]\/?\$?\{/u.test(value))
    return 'a password in an address';
  const isRandom =
    value.length >= leastLength &&
    /^[\w+/=.~-]+$/u.test(value) &&
    /\d/u.test(value) &&
    bitsPerCharacter(value) >= leastBits;
  return secretName.test(name) && isRandom
    ? `a secret, by its name \`${name}\` and its randomness`
    : undefined;
}

/** Shannon's entropy of the characters of a text. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
