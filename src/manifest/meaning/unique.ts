import type { MappingInput } from '../profiles/profile.ts';
import type { Placed } from './values.ts';

/** Reports every id that stands for the second time among things of one kind. */
export function checkUnique(
  { document, report }: MappingInput,
  kind: string,
  ids: readonly Placed<string>[],
): void {
  const first = new Map<string, Placed<string>>();
  for (const id of ids) {
    const earlier = first.get(id.value);
    if (earlier === undefined) {
      first.set(id.value, id);
      continue;
    }
    const related = [
      { file: document.file, range: document.rangeOf(earlier.path), message: 'It stands here first.' },
    ];
    report('PW-MANIFEST-ID-DUPLICATE', id.path, `There is another ${kind} with the id \`${id.value}\`.`, {
      related,
    });
  }
}
