import { dirname } from 'node:path';
import type { ManifestReading } from '../manifest/index.ts';
import type { PluginWorkspace } from '../manifest/workspace/index.ts';
import type { ServerConfiguration } from './configuration.ts';
import type { SourceFiles } from './sources/index.ts';

/** A manifest that something is asked about, and what is known around it. */
export interface ManifestSubject {
  readonly reading: ManifestReading;
  readonly workspace: PluginWorkspace;
  readonly sources: SourceFiles;
  readonly configuration: ServerConfiguration;
}

/** Absolute path of the folder of a subject's plugin. */
export function folderOf({ reading }: ManifestSubject): string {
  return dirname(reading.document.file);
}
