import { dirname } from 'node:path';
import { createLineMap, type Finding, type TextEdit } from '../base/index.ts';
import { pluginFilesOnDisk } from '../manifest/disk/index.ts';
import { applyEdits, type ManifestDocument, readManifest } from '../manifest/index.ts';

/** More than a manifest can have wrong that mends itself. */
const MAX_ROUNDS = 100;

/** The one edit that applies every fix of a manifest, one after the other, because one may change another's place. */
export function fixManifest({ text, file }: Pick<ManifestDocument, 'text' | 'file'>): TextEdit[] {
  const files = pluginFilesOnDisk(dirname(file));
  const seen = new Set([text]);
  let mended = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { findings } = readManifest({ text: mended, file, files });
    const next = findings
      .flatMap(({ fix }) => (fix === undefined ? [] : [applyEdits(mended, fix.edits)]))
      .find(candidate => !seen.has(candidate));
    if (next === undefined) break;
    seen.add(next);
    mended = next;
  }
  return mended === text ? [] : [wholeText(text, mended)];
}

/** The edits of every fix in a source file, without those that touch one before them. */
export function fixesWithoutOverlap(text: string, findings: readonly Finding[]): TextEdit[] {
  const lines = createLineMap(text);
  const kept: TextEdit[] = [];
  let end = -1;
  const fixes = findings
    .flatMap(({ fix }) => (fix === undefined ? [] : [[...fix.edits].sort((a, b) => startOf(a) - startOf(b))]))
    .sort((a, b) => startOf(a[0]) - startOf(b[0]));
  for (const edits of fixes) {
    const last = edits.at(-1);
    if (last === undefined || startOf(edits[0]) <= end) continue;
    kept.push(...edits);
    end = lines.offsetAt(last.range.end);
  }
  return kept;

  function startOf(edit: TextEdit | undefined): number {
    return edit === undefined ? 0 : lines.offsetAt(edit.range.start);
  }
}

/** One edit, as small as it can be. */
export function wholeText(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return {
    range: createLineMap(before).rangeOf(start, before.length - end),
    newText: after.slice(start, after.length - end),
  };
}
