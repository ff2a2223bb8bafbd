import type { SourcePath } from '../model.ts';

/** The part of JSON Schema draft-07 the published schemas use, with the keywords VS Code adds. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly patternErrorMessage?: string;
  readonly deprecationMessage?: string;
}

/** The sub-schema a path of a manifest falls under, references followed; `undefined` where the schema says nothing. */
export function schemaAt(root: JsonSchema, path: SourcePath): JsonSchema | undefined {
  let schema = resolve(root, root);
  for (const step of path) {
    if (schema === undefined) return undefined;
    schema = resolve(root, typeof step === 'number' ? schema.items : propertyOf(schema, step));
  }
  return schema;
}

function propertyOf(schema: JsonSchema, key: string): JsonSchema | undefined {
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

function resolve(root: JsonSchema, schema: JsonSchema | undefined): JsonSchema | undefined {
  const name = /^#\/definitions\/(\w+)$/u.exec(schema?.$ref ?? '')?.[1];
  return name === undefined ? schema : root.definitions?.[name];
}

/** The path a JSON pointer stands for; digits are an index where the value is a list. */
export function pathOfPointer(pointer: string, value: unknown): SourcePath {
  const path: (string | number)[] = [];
  let current = value;
  for (const raw of pointer.split('/').slice(1)) {
    const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(current) ? Number(step) : step);
    const holds = typeof current === 'object' && current !== null && Object.hasOwn(current, step);
    current = holds ? (current as Record<string, unknown>)[step] : undefined;
  }
  return path;
}
