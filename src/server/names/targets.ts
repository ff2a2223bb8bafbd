import { join } from 'node:path';
import { pluginFilesOnDisk } from '../../manifest/disk/index.ts';
import type { SourcePath } from '../../manifest/index.ts';
import type { PluginWorkspace, WorkspacePlugin } from '../../manifest/workspace/index.ts';
import { fieldKind, isFileField, textsIn } from '../fields/index.ts';
import { folderOf, type ManifestSubject } from '../manifest-subject.ts';

/** A value of a manifest that leads to a file. */
export interface Target {
  /** Offsets of the value, quotes included. */
  readonly start: number;
  readonly end: number;
  /** Absolute path of an existing file. */
  readonly file: string;
  /** What the link leads to, for a person. */
  readonly what: string;
  /** The other plugin, when it leads to its manifest. */
  readonly plugin?: WorkspacePlugin;
}

/** Every value of a manifest that leads to a file: files of the plugin, manifests of the plugins it needs. */
export function targetsIn(subject: ManifestSubject): Target[] {
  const { document, profile } = subject.reading;
  if (profile === undefined) return [];
  return textsIn(document).flatMap(({ value, path, ...place }) => {
    const found = targetOf(subject, path, value);
    if (found === undefined) return [];
    const isRange = fieldKind(profile.id, path) === 'plugin-range';
    const { start, end } = (isRange ? document.propertyAt(path)?.keySpan : undefined) ?? place;
    return [{ start, end, ...found }];
  });
}

function targetOf(subject: ManifestSubject, path: SourcePath, value: string) {
  const { profile } = subject.reading;
  const kind = profile && fieldKind(profile.id, path);
  if (kind === 'plugin-range') return pluginTarget(subject.workspace, String(path.at(-1)));
  if (kind === 'plugin-reference') return pluginTarget(subject.workspace, /^.[^@]*/.exec(value)?.[0] ?? '');
  if (!isFileField(kind)) return undefined;
  const folder = folderOf(subject);
  const relative = value.replace(/^(?:\.\/)+/, '');
  const isFile = relative !== '' && pluginFilesOnDisk(folder).kindOf(relative) === 'file';
  return isFile ? { file: join(folder, relative), what: `Open ${relative}` } : undefined;
}

function pluginTarget(workspace: PluginWorkspace, id: string) {
  const [plugin] = workspace.byId(id);
  if (plugin === undefined) return undefined;
  const { name, version } = plugin.manifest;
  return { file: plugin.file, what: `Open the manifest of ${name} ${version}`, plugin };
}
