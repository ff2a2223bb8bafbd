import { sortOut } from './kind.ts';
import type { ValueSchema } from './schema.ts';
import { Trail } from './trail.ts';
import { type CodecLimits, defaultCodecLimits } from './value.ts';

/**
 * A schema of a value as an example: its own members are required, the items of a list may be whatever some item is.
 *
 * @throws CodecError for what is no value
 */
export function generateSchema(value: unknown, limits: CodecLimits = defaultCodecLimits): ValueSchema {
  return describe(value, new Trail(limits.maxDepth));
}

function describe(input: unknown, trail: Trail): ValueSchema {
  const { kind, value } = sortOut(input, trail);
  switch (kind) {
    case 'null':
      return { type: 'null' };
    case 'bool':
      return { type: 'boolean' };
    case 'int':
      return { type: 'integer' };
    case 'float':
      return { type: 'number' };
    case 'string':
      return { type: 'string' };
    case 'bytes':
      return { type: 'string', contentEncoding: 'base64' };
    case 'date':
      return { type: 'string', format: 'date-time' };
    case 'list': {
      trail.enter();
      const items = [...value.entries()].map(([index, item]) => {
        trail.at(index);
        return describe(item, trail);
      });
      trail.leave();
      return items.length === 0 ? { type: 'array' } : { type: 'array', items: join(items) };
    }
    case 'map': {
      trail.enter();
      const properties = value.map(([key, member]): [string, ValueSchema] => {
        trail.at(key);
        return [key, describe(member, trail)];
      });
      trail.leave();
      const required = properties.map(([key]) => key);
      return { type: 'object', properties: Object.fromEntries(properties), required };
    }
  }
}

/** One schema for what any of some describes: equal ones once, maps with what all of them have required. */
function join(schemas: readonly ValueSchema[]): ValueSchema {
  const maps = schemas.filter(({ properties }) => properties !== undefined);
  const lists = schemas.filter(({ type }) => type === 'array');
  const others = schemas.filter(({ type, properties }) => properties === undefined && type !== 'array');
  const plain = new Map(others.map(schema => [JSON.stringify(schema), schema]));
  // A float is the wider of the two.
  if (plain.has('{"type":"number"}')) plain.delete('{"type":"integer"}');
  const kinds = [
    ...plain.values(),
    ...(lists.length === 0 ? [] : [joinLists(lists)]),
    ...(maps.length === 0 ? [] : [joinMaps(maps)]),
  ];
  const [only] = kinds;
  return kinds.length === 1 && only ? only : { anyOf: kinds };
}

function joinLists(lists: readonly ValueSchema[]): ValueSchema {
  const items = lists.flatMap(list => list.items ?? []);
  // A list of several kinds says them one by one.
  const flat = items.flatMap(item => item.anyOf ?? [item]);
  return flat.length === 0 ? { type: 'array' } : { type: 'array', items: join(flat) };
}

function joinMaps(maps: readonly ValueSchema[]): ValueSchema {
  const members = new Map<string, ValueSchema[]>();
  for (const { properties = {} } of maps) {
    for (const [key, schema] of Object.entries(properties)) {
      const known = members.get(key) ?? [];
      // One by one: this grows with what there is, which may be a lot.
      for (const choice of schema.anyOf ?? [schema]) known.push(choice);
      members.set(key, known);
    }
  }
  const needed = maps.map(({ required }) => new Set(required));
  const required = [...members.keys()].filter(key => needed.every(keys => keys.has(key)));
  const properties = [...members].map(([key, schemas]) => [key, join(schemas)] as const);
  return { type: 'object', properties: Object.fromEntries(properties), required };
}
