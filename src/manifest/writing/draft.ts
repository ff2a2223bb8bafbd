import type { Capability, PluginManifest } from '../model.ts';

/** What a profile's writer is given. */
export interface WritingInput {
  readonly manifest: PluginManifest;
  /** Says what has no counterpart or has to be looked at; one sentence. */
  note(text: string): void;
}

/** The bounds of a host range as the profiles state them; both inclusive. */
export function hostBounds(range: string): { min: string | undefined; max: string | undefined } {
  return { min: />=(\S+)/u.exec(range)?.[1], max: /<=(\S+)/u.exec(range)?.[1] };
}

/** Bytes as people write them: `10MB`. */
export function sizeText(bytes: number): string {
  const units = [
    { size: 1024 ** 3, name: 'GB' },
    { size: 1024 ** 2, name: 'MB' },
    { size: 1024, name: 'KB' },
  ];
  const unit = units.find(({ size }) => bytes >= size && bytes % size === 0);
  return unit === undefined ? `${bytes}B` : `${bytes / unit.size}${unit.name}`;
}

/** A value, or `undefined` when it has nothing in it, so that no empty field is written. */
export function filled<T extends object>(value: T): T | undefined {
  const kept = Array.isArray(value) ? value : Object.values(value).filter(part => part !== undefined);
  return kept.length === 0 ? undefined : value;
}

/** The entry, or a usual one with a note where there is none. */
export function entryOf({ manifest, note }: WritingInput, usual: string): string {
  if (manifest.entry === undefined) note(`No entry file was known; \`${usual}\` is written.`);
  return manifest.entry ?? usual;
}

/** Says which capabilities a profile can't grant, one sentence a scope and action. */
export function noteLost({ note }: WritingInput, title: string, lost: readonly Capability[]): void {
  const seen = new Map<string, string[]>();
  for (const { scope, action, resource } of lost) {
    const key = `${scope} ${action}`;
    seen.set(key, [...(seen.get(key) ?? []), ...(resource === '*' ? [] : [`\`${resource}\``])]);
  }
  for (const [what, resources] of seen) {
    const which = resources.length === 0 ? '' : ` of ${resources.join(', ')}`;
    note(`${title} has no permission for ${what}${which}; it is left out, and will be denied.`);
  }
}

/** Says which conditions of capabilities a profile can't write: without them the grant is wider. */
export function noteWider(
  { note }: WritingInput,
  title: string,
  kept: readonly Capability[],
  known: readonly string[],
): void {
  const dropped = new Set(
    kept.flatMap(({ scope, restrictions }) =>
      Object.keys(restrictions)
        .filter(key => !known.includes(key))
        .map(key => `\`${key}\` of ${scope}`),
    ),
  );
  for (const what of dropped) note(`${title} has no condition ${what}: the permission becomes wider.`);
}

/** Says that limits of the process are lost. */
export function noteLimits({ manifest, note }: WritingInput, title: string): void {
  if (Object.values(manifest.limits).some(limit => limit !== undefined))
    note(`${title} states no limits of the process; the host's own hold.`);
}
