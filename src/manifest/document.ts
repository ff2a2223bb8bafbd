import {
  createLineMap,
  type Finding,
  type Fix,
  type LineMap,
  type Range,
  type RelatedLocation,
  type Severity,
} from '../base/index.ts';
import { type ManifestCode, manifestCodes } from './codes.ts';
import type { SourcePath } from './model.ts';
import {
  type ManifestNode,
  type ManifestProperty,
  maxTextBytes,
  parseJson,
  parseYaml,
  plainValue,
  type Span,
  type TextProblem,
} from './text/index.ts';

/** A manifest's text as a tree with places; the text may be broken, then the tree holds what could be read. */
export interface ManifestDocument {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly format: 'json' | 'yaml';
  readonly lines: LineMap;
  /** `undefined` when there is no value at all. */
  readonly root: ManifestNode | undefined;
  /** The plain value; `undefined` when there is none. Keys are data: `__proto__` is an ordinary property. */
  readonly value: unknown;
  /** What is wrong with the text itself. */
  readonly findings: readonly Finding[];
  /** The node at a path; `undefined` when there is none. Of repeated keys the last counts. */
  nodeAt(path: SourcePath): ManifestNode | undefined;
  /** The property at a path that ends in a key. */
  propertyAt(path: SourcePath): ManifestProperty | undefined;
  /**
   * Where the value (or its key) at a path stands. Where there is none, the key of the nearest ancestor that exists;
   * for the root its first character.
   */
  rangeOf(path: SourcePath, part?: 'key' | 'value'): Range;
  /** The path to the innermost value or key around an offset, for completion and hover. */
  pathAt(offset: number): { readonly path: SourcePath; readonly onKey: boolean };
  /** The text under a node, as the author wrote it. */
  sourceOf(span: Span): string;
}

/** More than anyone reads; a hostile file could cause one a byte. */
export const maxFindings = 200;

/** Reads a manifest's text; the file's extension says whether it is YAML (`.yaml`, `.yml`) or JSON. Never throws. */
export function parseManifest(text: string, file: string): ManifestDocument {
  const format = /\.ya?ml$/iu.test(file) ? 'yaml' : 'json';
  const lines = createLineMap(text);
  const parsed = isTooLarge(text) ? tooLarge : isWide(text) ? wide : read(text, format);
  const { root } = parsed;
  const find = createLocator(root);

  const document: Omit<ManifestDocument, 'findings'> = {
    file,
    text,
    format,
    lines,
    root,
    value: root === undefined ? undefined : plainValue(root),
    nodeAt: path => find(path)?.node,
    propertyAt: path => find(path)?.property,
    rangeOf(path, part = 'value') {
      const found = find(path);
      if (found !== undefined) {
        const span = part === 'key' && found.property !== undefined ? found.property.keySpan : found.node;
        return lines.rangeOf(span.start, span.end);
      }
      if (path.length === 0) return lines.rangeOf(0, Math.min(1, text.length));
      const parent = path.slice(0, -1);
      if (parent.length > 0) return document.rangeOf(parent, 'key');
      const start = root?.start ?? 0;
      return lines.rangeOf(start, Math.min(start + 1, text.length));
    },
    pathAt: offset => pathAt(root, offset),
    sourceOf: span => text.slice(span.start, span.end),
  };
  const findings = parsed.problems.slice(0, maxFindings).map(problem => problemFinding(document, problem));
  const repeated = root === undefined ? [] : duplicateKeys(document, root).slice(0, maxFindings);
  return { ...document, findings: [...findings, ...repeated] };
}

/** What a finding says beyond its code. */
export interface FindingDetails {
  readonly severity?: Severity;
  readonly why?: string;
  readonly fix?: Fix | undefined;
  readonly related?: readonly RelatedLocation[];
}

/** Builds the finding of a code, with the severity and reason its description gives. */
export function makeFinding(
  document: Pick<ManifestDocument, 'file'>,
  code: ManifestCode,
  range: Range,
  message: string,
  details: FindingDetails = {},
): Finding {
  const { severity, why } = manifestCodes[code];
  return { code, severity, message, why, file: document.file, range, ...details };
}

const tooLarge = {
  root: undefined,
  problems: [
    { code: 'SIZE', start: 0, end: 0, message: 'The manifest is larger than 1 MiB and was not read.' },
  ],
} satisfies { root: undefined; problems: TextProblem[] };

const wide = {
  root: undefined,
  problems: [
    { code: 'ENCODING', start: 0, end: 1, message: 'The file looks like UTF-16; save it as UTF-8.' },
  ],
} satisfies { root: undefined; problems: TextProblem[] };

/** UTF-16 that was read as UTF-8 has a zero beside each letter; no manifest begins with one. */
function isWide(text: string): boolean {
  return text.slice(0, 8).includes('\0');
}

function isTooLarge(text: string): boolean {
  return (
    text.length > maxTextBytes ||
    (text.length > maxTextBytes / 3 && new TextEncoder().encode(text).length > maxTextBytes)
  );
}

function read(text: string, format: 'json' | 'yaml') {
  if (format === 'yaml') return parseYaml(text);
  // A byte order mark is no part of the value, and jsonc-parser doesn't know it; a space in its place keeps every offset.
  return parseJson(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text);
}

/** Indexes the keys of each object it passes, so that many look-ups in a huge object stay cheap. */
function createLocator(root: ManifestNode | undefined) {
  const indexes = new WeakMap<ManifestNode, ReadonlyMap<string, ManifestProperty>>();
  const propertyOf = (node: ManifestNode & { kind: 'object' }, key: string): ManifestProperty | undefined => {
    let index = indexes.get(node);
    if (index === undefined) {
      index = new Map(node.properties.map(property => [property.key, property]));
      indexes.set(node, index);
    }
    return index.get(key);
  };
  return (path: SourcePath) => {
    let node = root;
    let property: ManifestProperty | undefined;
    for (const step of path) {
      property = node?.kind === 'object' ? propertyOf(node, String(step)) : undefined;
      if (node?.kind === 'array') node = typeof step === 'number' ? node.items[step] : undefined;
      else node = property?.value;
    }
    return node === undefined ? undefined : { node, property };
  };
}

function pathAt(root: ManifestNode | undefined, offset: number): { path: SourcePath; onKey: boolean } {
  const path: (string | number)[] = [];
  const holds = (span: Span) => span.start <= offset && offset <= span.end;
  let node = root;
  while (node !== undefined && node.kind !== 'scalar') {
    if (node.kind === 'array') {
      const index = node.items.findIndex(holds);
      if (index < 0) break;
      path.push(index);
      node = node.items[index];
      continue;
    }
    // Keys first: a block of YAML ends only where the next key begins, so that both hold that offset.
    const property =
      node.properties.find(candidate => holds(candidate.keySpan)) ??
      node.properties.find(candidate => holds(candidate.value));
    if (property === undefined) break;
    path.push(property.key);
    if (holds(property.keySpan)) return { path, onKey: true };
    node = property.value;
  }
  return { path, onKey: false };
}

function problemFinding(document: Omit<ManifestDocument, 'findings'>, problem: TextProblem): Finding {
  const range = document.lines.rangeOf(problem.start, problem.end);
  const fix =
    problem.replacement === undefined
      ? undefined
      : { title: 'Remove the comma', edits: [{ range, newText: problem.replacement }] };
  return makeFinding(
    document,
    `PW-MANIFEST-${problem.code}`,
    range,
    problem.message,
    fix === undefined ? {} : { fix },
  );
}

/** Walks each node once, even where aliases hang it in several places. */
function duplicateKeys(document: Omit<ManifestDocument, 'findings'>, root: ManifestNode): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<ManifestNode>();
  const visit = (node: ManifestNode): void => {
    if (seen.has(node) || node.kind === 'scalar') return;
    seen.add(node);
    if (node.kind === 'array') {
      for (const item of node.items) visit(item);
      return;
    }
    const first = new Map<string, Range>();
    for (const { key, keySpan, value } of node.properties) {
      const range = document.lines.rangeOf(keySpan.start, keySpan.end);
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, range);
      else {
        const related = [{ file: document.file, range: earlier, message: 'It stands here first.' }];
        findings.push(
          makeFinding(
            document,
            'PW-MANIFEST-KEY-DUPLICATE',
            range,
            `The key \`${key}\` stands here a second time.`,
            { related },
          ),
        );
      }
      visit(value);
    }
  };
  visit(root);
  return findings;
}
