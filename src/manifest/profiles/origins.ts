import type { ManifestDocument } from '../document.ts';
import type { SourcePath } from '../model.ts';

/** Keeps the origins that really stand in the manifest. */
export function keepOrigins(
  document: ManifestDocument,
  origins: Readonly<Record<string, SourcePath | undefined>>,
): Record<string, SourcePath> {
  const kept = Object.entries(origins).filter(
    (entry): entry is [string, SourcePath] =>
      entry[1] !== undefined && document.nodeAt(entry[1]) !== undefined,
  );
  return Object.fromEntries(kept);
}
