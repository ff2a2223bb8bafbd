import semver from 'semver';
import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver/node';
import type { ManifestSubject } from './manifest-subject.ts';

/** Behind each plugin that is needed, the version the workspace has of it. */
export function dependencyHints({ reading, workspace }: ManifestSubject, range: Range): InlayHint[] {
  const { document, sketch } = reading;
  return (sketch?.dependencies.plugins ?? []).flatMap(({ id, range: wanted, at }): InlayHint[] => {
    const place = document.rangeOf(at);
    if (place.start.line < range.start.line || place.start.line > range.end.line) return [];
    const versions = workspace.byId(id).map(plugin => plugin.manifest.version);
    const [version] = versions;
    if (version === undefined) return [];
    const fits = semver.satisfies(version, wanted, { includePrerelease: true });
    return [
      {
        position: place.end,
        label: fits ? `→ ${version}` : `✗ ${version}`,
        kind: InlayHintKind.Type,
        paddingLeft: true,
        tooltip: fits
          ? `The workspace has ${id} ${version}.`
          : `The workspace has ${id} ${version}, which ${wanted} does not allow.`,
      },
    ];
  });
}
