import type { WorkspacePlugin } from '../../manifest/workspace/index.ts';
import { type FieldKind, fieldKind, textsIn } from '../fields/index.ts';

/** A name that manifests and sources share. Methods are commands in other words. */
export interface PluginName {
  readonly kind: 'command' | 'event';
  readonly id: string;
  /** Absolute path of the manifest of the plugin that answers to a command; events belong to nobody. */
  readonly owner: string | undefined;
}

/** What a name does at a place. */
export type Role = 'declared' | 'consumed' | 'registered' | 'called' | 'announced' | 'heard';

/** A place where a name stands. */
export interface Occurrence {
  /** Absolute path. */
  readonly file: string;
  /** The text of the file. */
  readonly text: string;
  /** Offsets of the name alone, without quotes and without the plugin's id before a colon. */
  readonly start: number;
  readonly end: number;
  readonly role: Role;
}

/** A name in a manifest. */
export interface NamedField {
  readonly kind: PluginName['kind'];
  readonly role: 'declared' | 'consumed';
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

const fields: Readonly<Partial<Record<FieldKind, Pick<NamedField, 'kind' | 'role'>>>> = {
  command: { kind: 'command', role: 'declared' },
  method: { kind: 'command', role: 'declared' },
  'consumed-method': { kind: 'command', role: 'consumed' },
  event: { kind: 'event', role: 'declared' },
};

/** The names that stand in a manifest, in the order of the text. */
export function namesInManifest({ document, manifest }: Omit<WorkspacePlugin, 'file'>): NamedField[] {
  return textsIn(document).flatMap(({ value, path, textStart }) => {
    const field = fields[fieldKind(manifest.profile, path) ?? 'version'];
    if (field === undefined || textStart === undefined || value === '') return [];
    return [{ ...field, id: value, start: textStart, end: textStart + value.length }];
  });
}
