import { relative } from 'node:path';
import type { SourcePath } from '../../manifest/index.ts';
import type { WorkspacePlugin } from '../../manifest/workspace/index.ts';
import { fieldKind } from '../fields/index.ts';
import { folderOf, type ManifestSubject } from '../manifest-subject.ts';
import { hostsIn } from '../sources/index.ts';
import { fileProposals, patternProposals } from './file-proposals.ts';
import { commonLicences } from './licences.ts';
import type { Proposal } from './proposal.ts';
import { escapeSnippet } from './snippet.ts';

/**
 * What the workspace offers for the value at a path: files, plugins, hosts the source names, licences, methods.
 *
 * @param typed what stands before the cursor, without quotes
 */
export function fieldProposals(subject: ManifestSubject, path: SourcePath, typed: string): Proposal[] {
  const { profile } = subject.reading;
  if (profile === undefined) return [];
  const kind = fieldKind(profile.id, path);
  switch (kind) {
    case undefined:
      return [];
    case 'read-pattern':
    case 'write-pattern':
      return patternProposals(folderOf(subject), typed, kind === 'write-pattern');
    case 'capability-pattern':
      return patternProposals(folderOf(subject), typed, false);
    case 'host':
      return hostProposals(subject);
    case 'licence':
      return Object.entries(commonLicences).map(([id, name]) => ({
        label: id,
        kind: 'value',
        body: id,
        detail: name,
        rank: 0,
      }));
    case 'plugin-range': {
      const [plugin] = subject.workspace.byId(String(path.at(-1)));
      return plugin === undefined ? [] : rangeProposals(plugin.manifest.version);
    }
    case 'plugin-reference':
      return otherPlugins(subject).flatMap(({ manifest }) => [
        { label: manifest.id, kind: 'plugin', body: manifest.id, detail: manifest.name, rank: 0 },
        {
          label: `${manifest.id}@^${manifest.version}`,
          kind: 'plugin',
          body: `${manifest.id}@^${manifest.version}`,
          detail: manifest.name,
          rank: 1,
        },
      ]);
    case 'consumed-method':
      return methodProposals(subject);
    case 'ai-model':
      return modelProposals(subject);
    case 'size':
      return ['1MB', '10MB', '100MB', '1GB'].map(size => ({
        label: size,
        kind: 'value',
        body: size,
        rank: 1,
      }));
    default:
      return fileProposals(folderOf(subject), typed, kind);
  }
}

/** Keys the workspace offers for an object of ids: the other plugins, with a range that fits each. */
export function fieldKeyProposals(
  subject: ManifestSubject,
  path: SourcePath,
  taken: ReadonlySet<string>,
): Proposal[] {
  const { profile } = subject.reading;
  if (profile === undefined || fieldKind(profile.id, [...path, 'any']) !== 'plugin-range') return [];
  return otherPlugins(subject)
    .filter(({ manifest }) => !taken.has(manifest.id))
    .map(({ manifest }) => ({
      label: manifest.id,
      kind: 'plugin',
      key: manifest.id,
      body: `\${1:^${manifest.version}}`,
      detail: `${manifest.name} ${manifest.version}`,
      documentation: manifest.description,
      rank: 0,
    }));
}

function otherPlugins({ workspace, reading }: ManifestSubject): WorkspacePlugin[] {
  const own = reading.sketch?.id;
  return workspace
    .plugins()
    .filter(
      ({ manifest, file }) => file !== reading.document.file && manifest.id !== '' && manifest.id !== own,
    );
}

function hostProposals(subject: ManifestSubject): Proposal[] {
  const folder = folderOf(subject);
  return hostsIn(subject.sources.of(folder)).map(({ host, file }) => ({
    label: host,
    kind: 'host',
    body: escapeSnippet(host),
    detail: `in ${relative(folder, file).replaceAll('\\', '/')}`,
    rank: 0,
  }));
}

/** Models the user configured first, then those other plugins of the workspace ask for. */
function modelProposals(subject: ManifestSubject): Proposal[] {
  const configured = subject.configuration.aiModels.map(model => ({ model, detail: 'configured' }));
  const elsewhere = otherPlugins(subject).flatMap(({ manifest }) =>
    manifest.capabilities
      .filter(({ scope }) => scope === 'ai')
      .map(({ resource }) => ({ model: resource, detail: `in ${manifest.name}` })),
  );
  const seen = new Set<string>();
  return [...configured, ...elsewhere].flatMap(({ model, detail }, index): Proposal[] => {
    if (seen.has(model)) return [];
    seen.add(model);
    const rank = index < configured.length ? 0 : 1;
    return [{ label: model, kind: 'value', body: escapeSnippet(model), detail, rank }];
  });
}

function rangeProposals(version: string): Proposal[] {
  return [`^${version}`, `~${version}`, `>=${version}`, version].map((range, index) => ({
    label: range,
    kind: 'value',
    body: escapeSnippet(range),
    ...(index === 0 ? { detail: `the workspace has ${version}` } : {}),
    rank: 0,
  }));
}

function methodProposals(subject: ManifestSubject): Proposal[] {
  const named = otherPlugins(subject).flatMap(({ manifest }) =>
    manifest.contributions.methods.map(({ id, title }) => ({ id, title, owner: manifest.name })),
  );
  const seen = new Set<string>();
  return named.flatMap(({ id, title, owner }): Proposal[] => {
    if (seen.has(id)) return [];
    seen.add(id);
    const detail = title === id ? owner : `${title} · ${owner}`;
    return [{ label: id, kind: 'method', body: escapeSnippet(id), detail, rank: 0 }];
  });
}
