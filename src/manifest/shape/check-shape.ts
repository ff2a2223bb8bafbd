import type { Finding } from '../../base/index.ts';
import { type ManifestDocument, makeFinding, maxFindings } from '../document.ts';
import { removeAt, renameKey, replaceScalar, setProperty } from '../editing/index.ts';
import type { SourcePath } from '../model.ts';
import { didYouMean } from './did-you-mean.ts';
import { type JsonSchema, pathOfPointer, schemaAt } from './schema.ts';
import type { ShapeError, ShapeValidator } from './validator.ts';

/** Compares a manifest with its profile's schema; every complaint becomes a finding at the exact place. */
export function checkShape(
  document: ManifestDocument,
  schema: JsonSchema,
  validate: ShapeValidator,
): Finding[] {
  if (validate(document.value)) return deprecations(document, schema);
  const errors = (validate.errors ?? []).slice(0, maxFindings);
  const unknown = errors
    .filter(error => error.keyword === 'additionalProperties')
    .map(error => misspelling(document, schema, error));
  const findings = errors.flatMap((error): Finding[] => {
    const path = pathOfPointer(error.instancePath, document.value);
    switch (error.keyword) {
      case 'additionalProperties':
        return [];
      case 'required':
        return missing(document, schema, path, String(error.params['missingProperty']), unknown);
      case 'type':
        return [wrongType(document, path, error.params['type'] as string | readonly string[])];
      case 'uniqueItems':
        return [repeated(document, path, Number(error.params['j']), Number(error.params['i']))];
      case 'enum':
        return [notAllowed(document, path, error.params['allowedValues'] as readonly unknown[])];
      default:
        return [broken(document, schema, path, error)];
    }
  });
  const keys = unknown.filter(key => !key.standsForRequired(errors, document)).map(key => key.finding());
  return [...findings, ...keys, ...deprecations(document, schema)];
}

interface UnknownKey {
  readonly parent: SourcePath;
  readonly path: SourcePath;
  readonly meant: string | undefined;
  standsForRequired(errors: readonly ShapeError[], document: ManifestDocument): boolean;
  finding(): Finding;
}

function misspelling(document: ManifestDocument, schema: JsonSchema, error: ShapeError): UnknownKey {
  const parent = pathOfPointer(error.instancePath, document.value);
  const key = String(error.params['additionalProperty']);
  const path = [...parent, key];
  const known = Object.keys(schemaAt(schema, parent)?.properties ?? {});
  const free = known.filter(candidate => document.nodeAt([...parent, candidate]) === undefined);
  const meant = didYouMean(key, free);
  return {
    parent,
    path,
    meant,
    standsForRequired: (errors, { value }) =>
      errors.some(
        other =>
          other.keyword === 'required' &&
          other.params['missingProperty'] === meant &&
          samePath(pathOfPointer(other.instancePath, value), parent),
      ),
    finding() {
      const range = document.rangeOf(path, 'key');
      if (meant === undefined)
        return makeFinding(document, 'PW-MANIFEST-KEY-UNKNOWN', range, `The key \`${key}\` is unknown here.`);
      const message = `The key \`${key}\` is unknown here. Did you mean \`${meant}\`?`;
      return makeFinding(document, 'PW-MANIFEST-KEY-MISSPELT', range, message, {
        fix: renaming(document, path, key, meant),
      });
    },
  };
}

function renaming(document: ManifestDocument, path: SourcePath, key: string, meant: string) {
  return { title: `Replace \`${key}\` by \`${meant}\``, edits: renameKey(document, path, meant) };
}

/** A required key that stands there misspelt is one problem, not two. */
function missing(
  document: ManifestDocument,
  schema: JsonSchema,
  parent: SourcePath,
  key: string,
  unknown: readonly UnknownKey[],
): Finding[] {
  const misspelt = unknown.find(candidate => candidate.meant === key && samePath(candidate.parent, parent));
  if (misspelt !== undefined) {
    const wrong = String(misspelt.path.at(-1));
    const message = `\`${key}\` is required. Is \`${wrong}\` meant to be it?`;
    const fix = renaming(document, misspelt.path, wrong, key);
    return [
      makeFinding(document, 'PW-MANIFEST-FIELD-MISSING', document.rangeOf(misspelt.path, 'key'), message, {
        fix,
      }),
    ];
  }
  const preset = schemaAt(schema, [...parent, key])?.default;
  const edits = preset === undefined ? [] : setProperty(document, [...parent, key], preset);
  const fix = edits.length === 0 ? undefined : { title: `Add \`${key}\``, edits };
  return [
    makeFinding(
      document,
      'PW-MANIFEST-FIELD-MISSING',
      document.rangeOf([...parent, key]),
      `\`${key}\` is required.`,
      { fix },
    ),
  ];
}

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function wrongType(
  document: ManifestDocument,
  path: SourcePath,
  wanted: string | readonly string[],
): Finding {
  const types = [wanted].flat();
  const message = `${nameOf(path)} must be ${types.map(type => nouns[type] ?? type).join(' or ')}.`;
  const edits = types.length === 1 ? convert(document, path, types[0] ?? '') : [];
  const fix = edits.length === 0 ? undefined : { title: `Replace by \`${edits[0]?.newText}\``, edits };
  return makeFinding(document, 'PW-MANIFEST-TYPE', document.rangeOf(path), message, { fix });
}

/** Edits that keep what the author wrote and change only its type: `1.0` → `"1.0"`, `"true"` → `true`. */
function convert(document: ManifestDocument, path: SourcePath, type: string) {
  const node = document.nodeAt(path);
  if (node?.kind !== 'scalar' || node.value === null) return [];
  if (type === 'string')
    return [{ range: document.rangeOf(path), newText: JSON.stringify(document.sourceOf(node)) }];
  if (typeof node.value !== 'string') return [];
  if (type === 'boolean' && /^(?:true|false)$/u.test(node.value))
    return replaceScalar(document, path, node.value === 'true');
  const isNumber = type === 'integer' ? /^\d{1,15}$/u : /^\d{1,15}(?:\.\d{1,15})?$/u;
  return (type === 'number' || type === 'integer') && isNumber.test(node.value)
    ? replaceScalar(document, path, Number(node.value))
    : [];
}

function notAllowed(document: ManifestDocument, path: SourcePath, allowed: readonly unknown[]): Finding {
  const node = document.nodeAt(path);
  const value = node?.kind === 'scalar' ? String(node.value) : '';
  const words = allowed.map(String);
  const meant = didYouMean(value, words);
  const list = words.map(word => `\`${word}\``).join(', ');
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  const fix =
    meant === undefined
      ? undefined
      : { title: `Replace \`${value}\` by \`${meant}\``, edits: replaceScalar(document, path, meant) };
  return makeFinding(
    document,
    'PW-MANIFEST-VALUE',
    document.rangeOf(path),
    `${nameOf(path)} must be one of ${list}.${hint}`,
    { fix },
  );
}

/** An item that stands in a list a second time; ajv names both, the later one is taken out. */
function repeated(document: ManifestDocument, list: SourcePath, a: number, b: number): Finding {
  const path = [...list, Math.max(a, b)];
  const node = document.nodeAt(path);
  const written = node === undefined ? 'The item' : `\`${document.sourceOf(node)}\``;
  const edits = removeAt(document, path);
  const earlier = document.rangeOf([...list, Math.min(a, b)]);
  return makeFinding(
    document,
    'PW-MANIFEST-VALUE',
    document.rangeOf(path),
    `${written} stands in ${nameOf(list)} twice.`,
    {
      fix: edits.length === 0 ? undefined : { title: `Remove the second ${written}`, edits },
      related: [{ file: document.file, range: earlier, message: 'It stands here first.' }],
    },
  );
}

function broken(
  document: ManifestDocument,
  schema: JsonSchema,
  path: SourcePath,
  error: ShapeError,
): Finding {
  const own = error.keyword === 'pattern' ? schemaAt(schema, path)?.patternErrorMessage : undefined;
  const message = own ?? `${nameOf(path)} ${(error.message ?? 'is not valid').replace('NOT', 'not')}.`;
  return makeFinding(document, 'PW-MANIFEST-VALUE', document.rangeOf(path), message);
}

/** Fields that stand in the manifest and that the schema calls deprecated. */
function deprecations(document: ManifestDocument, schema: JsonSchema): Finding[] {
  const findings: Finding[] = [];
  const visit = (path: SourcePath): void => {
    const node = document.nodeAt(path);
    if (node?.kind !== 'object') return;
    for (const { key } of node.properties) {
      const here = [...path, key];
      const rule = schemaAt(schema, here);
      if (rule === undefined) continue;
      if (rule.deprecationMessage === undefined) visit(here);
      else {
        const edits = removeAt(document, here);
        findings.push(
          makeFinding(
            document,
            'PW-MANIFEST-DEPRECATED',
            document.rangeOf(here, 'key'),
            `\`${key}\`: ${rule.deprecationMessage}`,
            { fix: edits.length === 0 ? undefined : { title: `Remove \`${key}\``, edits } },
          ),
        );
      }
    }
  };
  visit([]);
  return findings;
}

function nameOf(path: SourcePath): string {
  const name = path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
  return name === '' ? 'The manifest' : `\`${name}\``;
}

function samePath(a: SourcePath, b: SourcePath): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}
