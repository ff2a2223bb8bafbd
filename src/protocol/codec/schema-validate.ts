import { type Sorted, sortOut } from './kind.ts';
import { keywords, type SchemaType, type ValueSchema } from './schema.ts';
import { Trail } from './trail.ts';
import { defaultCodecLimits } from './value.ts';

/** Where a value does not fit its schema, and why. */
export interface SchemaProblem {
  /** `$`, `$.name`, `$.list[3]`. */
  readonly path: string;
  readonly message: string;
}

/** Bounds on a validation. */
export interface ValidationLimits {
  readonly maxDepth?: number;
  /** Values times keywords that are looked at; any number when absent. */
  readonly maxSteps?: number;
}

/** Most problems that are told. */
const MAX_PROBLEMS = 100;

/**
 * What of a value does not fit a schema; empty when all does. A keyword that is not in {@link ValueSchema} is a
 * problem, too, since what it demands is not looked at.
 *
 * @throws CodecError for what is no value
 */
export function validateSchema(
  value: unknown,
  schema: ValueSchema,
  { maxDepth = defaultCodecLimits.maxDepth, maxSteps }: ValidationLimits = {},
): readonly SchemaProblem[] {
  const found: SchemaProblem[] = [];
  check(value, schema, new Trail(maxDepth, maxSteps), found);
  return found;
}

function check(input: unknown, schema: ValueSchema, trail: Trail, found: SchemaProblem[]): void {
  const sorted = sortOut(input, trail);
  const keys = Object.keys(schema);
  trail.work(1 + keys.length + sizeOf(sorted) + (schema.enum?.length ?? 0) + (schema.required?.length ?? 0));
  const say = (message: string): void => {
    tell(found, trail, message);
  };
  for (const key of keys) {
    if (!keywords.includes(key as keyof ValueSchema)) say(`The schema’s keyword ${key} is not known.`);
  }
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types && !types.some(type => isOf(sorted, type, schema))) {
    say(`It is ${nameOf(sorted)}, not ${types.map(type => wordFor(type, schema)).join(' or ')}.`);
    return;
  }
  if (schema.enum && !schema.enum.some(choice => Object.is(choice, sorted.value))) {
    say(`It is none of ${schema.enum.map(choice => JSON.stringify(choice)).join(', ')}.`);
  }
  if (schema.anyOf && !schema.anyOf.some(choice => fits(input, choice, trail)))
    say('It fits none of the choices.');
  checkBounds(sorted, schema, say);
  if (sorted.kind === 'list') checkItems(sorted.value, schema, trail, found);
  if (sorted.kind === 'map') checkMembers(sorted.value, schema, trail, found);
}

function tell(found: SchemaProblem[], trail: Trail, message: string): void {
  if (found.length < MAX_PROBLEMS) found.push({ path: trail.path(), message });
}

/** How much there is to look at, what lies within lists not counted. */
function sizeOf({ kind, value }: Sorted): number {
  return kind === 'string' || kind === 'map' ? value.length : 0;
}

function fits(input: unknown, schema: ValueSchema, trail: Trail): boolean {
  const problems: SchemaProblem[] = [];
  check(input, schema, trail, problems);
  return problems.length === 0;
}

function checkItems(
  items: readonly unknown[],
  schema: ValueSchema,
  trail: Trail,
  found: SchemaProblem[],
): void {
  if (!schema.items) return;
  trail.enter();
  for (const [index, item] of items.entries()) {
    trail.at(index);
    check(item, schema.items, trail, found);
  }
  trail.leave();
}

function checkMembers(
  members: readonly (readonly [string, unknown])[],
  { properties = {}, required = [], additionalProperties = true }: ValueSchema,
  trail: Trail,
  found: SchemaProblem[],
): void {
  const present = new Set(members.map(([key]) => key));
  for (const key of required) {
    if (!present.has(key)) tell(found, trail, `The member ${JSON.stringify(key)} is missing.`);
  }
  trail.enter();
  for (const [key, member] of members) {
    trail.at(key);
    const schema = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (schema === false) tell(found, trail, 'There is no such member.');
    else if (typeof schema === 'object') check(member, schema, trail, found);
  }
  trail.leave();
}

function checkBounds(sorted: Sorted, schema: ValueSchema, say: (message: string) => void): void {
  const { kind, value } = sorted;
  if (kind === 'int' || kind === 'float') {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
    // NaN is within nothing.
    if (
      (schema.minimum !== undefined || schema.maximum !== undefined) &&
      !(value >= minimum && value <= maximum)
    ) {
      say(`${value} is not between ${minimum} and ${maximum}.`);
    }
  }
  if (kind === 'list') checkCount(value.length, schema.minItems, schema.maxItems, 'items', say);
  if (kind === 'string') checkCount([...value].length, schema.minLength, schema.maxLength, 'characters', say);
  if (kind === 'bytes') checkCount(value.length, schema.minLength, schema.maxLength, 'bytes', say);
}

function checkCount(
  count: number,
  least = 0,
  most = Number.POSITIVE_INFINITY,
  what: string,
  say: (message: string) => void,
): void {
  if (count < least) say(`It has ${count} ${what}; ${least} are the least.`);
  if (count > most) say(`It has ${count} ${what}; ${most} are the most.`);
}

function isOf({ kind, value }: Sorted, type: SchemaType, schema: ValueSchema): boolean {
  switch (type) {
    case 'null':
      return kind === 'null';
    case 'boolean':
      return kind === 'bool';
    case 'integer':
      // One that was a float on its way is still whole.
      return kind === 'int' || (kind === 'float' && Number.isInteger(value));
    case 'number':
      return kind === 'int' || kind === 'float';
    case 'string':
      if (schema.contentEncoding === 'base64') return kind === 'bytes';
      return schema.format === 'date-time' ? kind === 'date' : kind === 'string';
    case 'array':
      return kind === 'list';
    case 'object':
      return kind === 'map';
  }
}

function wordFor(type: SchemaType, { contentEncoding, format }: ValueSchema): string {
  if (type !== 'string') return type;
  return contentEncoding ? 'bytes' : format ? 'a date' : 'string';
}

function nameOf({ kind }: Sorted): string {
  return kind === 'null' ? 'null' : `of kind ${kind}`;
}
