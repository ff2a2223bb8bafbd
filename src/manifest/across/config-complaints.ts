import type { SourcePath } from '../model.ts';

/** What is wrong with a configuration, and where in it. */
export interface Complaint {
  readonly path: SourcePath;
  readonly message: string;
}

/**
 * Compares a configuration with a plugin's own JSON Schema. Only keywords that can be checked in bounded time are:
 * `type`, `enum`, `const`, `required`, `properties`, `additionalProperties`, `items`, bounds of numbers, texts and
 * lists, `allOf` and local `$ref`. The schema comes from the plugin, and a `pattern` of its own could be written to run
 * for years; what is left out is accepted.
 */
export function complaintsOf(schema: unknown, value: unknown): Complaint[] {
  const complaints: Complaint[] = [];
  // References can multiply what is visited; a schema of ordinary size never comes near.
  let visits = 0;
  const visit = (rule: unknown, part: unknown, path: SourcePath, depth: number): void => {
    const own = resolve(schema, rule);
    if (++visits > 20_000 || depth > 64 || !isObject(own)) return;
    for (const message of [...kindOf(own, part), ...boundsOf(own, part)])
      complaints.push({ path, message: `${nameOf(path)} ${message}.` });
    if (Array.isArray(own['allOf'])) for (const all of own['allOf']) visit(all, part, path, depth + 1);
    if (Array.isArray(part))
      for (const [index, item] of part.entries()) visit(own['items'], item, [...path, index], depth + 1);
    if (!isObject(part)) return;
    const properties = isObject(own['properties']) ? own['properties'] : {};
    for (const key of Array.isArray(own['required']) ? own['required'].map(String) : [])
      if (!Object.hasOwn(part, key))
        complaints.push({ path, message: `${nameOf([...path, key])} is required.` });
    const isClosed = own['additionalProperties'] === false && !isObject(own['patternProperties']);
    for (const [key, item] of Object.entries(part)) {
      if (Object.hasOwn(properties, key)) visit(properties[key], item, [...path, key], depth + 1);
      else if (isClosed)
        complaints.push({ path: [...path, key], message: `${nameOf([...path, key])} is unknown.` });
      else if (!isObject(own['patternProperties']))
        visit(own['additionalProperties'], item, [...path, key], depth + 1);
    }
  };
  visit(schema, value, [], 0);
  return complaints;
}

type Rule = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(rule: Rule, value: unknown): string[] {
  const messages: string[] = [];
  const types = [rule['type'] ?? []].flat().map(String);
  if (types.length > 0 && !types.some(type => isOfType(type, value)))
    messages.push(`must be of type ${types.join(' or ')}`);
  const allowed = Array.isArray(rule['enum']) ? rule['enum'] : 'const' in rule ? [rule['const']] : undefined;
  const written = JSON.stringify(value);
  if (allowed !== undefined && !allowed.some(other => JSON.stringify(other) === written))
    messages.push(`must be one of ${allowed.map(other => JSON.stringify(other)).join(', ')}`);
  return messages;
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function boundsOf(rule: Rule, value: unknown): string[] {
  const measured =
    typeof value === 'number'
      ? { size: value, least: 'minimum', most: 'maximum', what: '' }
      : typeof value === 'string'
        ? { size: [...value].length, least: 'minLength', most: 'maxLength', what: ' characters' }
        : Array.isArray(value)
          ? { size: value.length, least: 'minItems', most: 'maxItems', what: ' items' }
          : undefined;
  if (measured === undefined) return [];
  const { size, what } = measured;
  const least = rule[measured.least];
  const most = rule[measured.most];
  return [
    ...(typeof least === 'number' && size < least ? [`must be at least ${least}${what}`] : []),
    ...(typeof most === 'number' && size > most ? [`must be at most ${most}${what}`] : []),
  ];
}

/** Follows references within the schema, a bounded number of them. */
function resolve(root: unknown, rule: unknown): unknown {
  let current = rule;
  for (let hops = 0; hops < 16 && isObject(current) && typeof current['$ref'] === 'string'; hops++) {
    if (!current['$ref'].startsWith('#')) return undefined;
    current = current['$ref']
      .split('/')
      .slice(1)
      .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (part, step) => (isObject(part) && Object.hasOwn(part, step) ? part[step] : undefined),
        root,
      );
  }
  return current;
}

function nameOf(path: SourcePath): string {
  return path.length === 0 ? 'the configuration' : `\`${path.join('.')}\``;
}
