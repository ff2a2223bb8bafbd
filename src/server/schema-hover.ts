import type { Hover, Position } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import type { ManifestReading, SourcePath } from '../manifest/index.ts';

/** More indirections than any schema of ours has; a schema may refer to itself. */
const MAX_STEPS = 32;

type Schema = Readonly<Record<string, unknown>>;

/** What the profile's schema says about the key under the cursor; for manifests in YAML. */
export function hoverFromSchema(reading: ManifestReading, position: Position): Hover | null {
  const { document, profile } = reading;
  if (profile === undefined) return null;
  const { path, onKey } = document.pathAt(document.lines.offsetAt(position));
  if (!onKey) return null;
  const description = describe(profile.schema as Schema, path);
  if (description === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: description },
    range: document.rangeOf(path, 'key'),
  };
}

/** The description a schema gives to the value at a path; `undefined` when it says nothing about it. */
function describe(schema: Schema, path: SourcePath): string | undefined {
  let steps = 0;
  const visit = (current: unknown, depth: number): string | undefined => {
    if (++steps > MAX_STEPS * (path.length + 1) || !isSchema(current)) return undefined;
    const step = path[depth];
    if (step === undefined && typeof current['description'] === 'string') return current['description'];
    const reference = current['$ref'];
    if (typeof reference === 'string') {
      const found = visit(follow(schema, reference), depth);
      if (found !== undefined) return found;
    }
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const parts = current[keyword];
      for (const part of Array.isArray(parts) ? parts : []) {
        const found = visit(part, depth);
        if (found !== undefined) return found;
      }
    }
    if (typeof step === 'number') return visit(current['items'], depth + 1);
    if (step === undefined) return undefined;
    const properties = current['properties'];
    const named = isSchema(properties) && Object.hasOwn(properties, step) ? properties[step] : undefined;
    return visit(named ?? current['additionalProperties'], depth + 1);
  };
  return visit(schema, 0);
}

function follow(root: Schema, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  let at: unknown = root;
  for (const step of reference.slice(2).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = isSchema(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
