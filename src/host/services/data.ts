import {
  CodecError,
  createValueCache,
  decodeSchema,
  fromTaggedJson,
  generateSchema,
  type SchemaProblem,
  validateSchema,
} from '../../protocol/codec/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';

const MIB = 1024 * 1024;

/** Largest single value and schema, as JSON text in UTF-16 code units. */
export const MAX_DATA = MIB;

/** How much a validation may look at, in values times keywords: it holds up everybody else. */
const MAX_STEPS = 1_000_000;

/** What the plugins of a tenant keep together at most. */
const CACHE = { maxBytes: 32 * MIB, maxEntries: 4096 } as const;

/** Schemas and kept values for the plugins of a tenant and for front-ends. Values are tagged JSON. */
export interface DataService {
  /** @throws WireError `InvalidParams` or `LimitExceeded`, as all of them */
  generateSchema(value: Json): Json;
  validate(value: Json, schema: Json): { valid: boolean; problems: readonly SchemaProblem[] };
  /** Keeps a value for so many milliseconds, or less when there is no room. Each owner has keys of its own. */
  keep(owner: string, key: string, value: Json, ttlMs: number): null;
  /** `null` when it is not there, or not any more. */
  find(owner: string, key: string): Json;
}

/** Makes the service of a tenant. @param now milliseconds of a clock that never goes back */
export function createDataService(now: () => number = () => performance.now()): DataService {
  const cache = createValueCache({ ...CACHE, ttlMs: 0, now });
  const keyOf = (owner: string, key: string): string => JSON.stringify([owner, key]);
  return {
    generateSchema: value => decoding(() => generateSchema(read(value)) as unknown as Json),
    validate: (value, input) => {
      bound('schema', input);
      const decoded = decodeSchema(input);
      if ('problem' in decoded)
        throw new WireError(ErrorCode.InvalidParams, `The schema: ${decoded.problem}`);
      const problems = decoding(() => validateSchema(read(value), decoded.schema, { maxSteps: MAX_STEPS }));
      return { valid: problems.length === 0, problems };
    },
    keep: (owner, key, value, ttlMs) => {
      const text = bound('value', value);
      decoding(() => fromTaggedJson(value));
      cache.set(keyOf(owner, key), Buffer.from(text), ttlMs);
      return null;
    },
    find: (owner, key) => {
      const kept = cache.get(keyOf(owner, key));
      return kept ? (JSON.parse(Buffer.from(kept).toString()) as Json) : null;
    },
  };
}

function read(value: Json): unknown {
  bound('value', value);
  return fromTaggedJson(value);
}

function bound(what: string, value: Json): string {
  const text = JSON.stringify(value);
  if (text.length <= MAX_DATA) return text;
  const message = `The ${what} has ${text.length} characters as JSON; ${MAX_DATA} are allowed.`;
  throw new WireError(ErrorCode.LimitExceeded, message);
}

function decoding<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const isBound = error.fault === 'depth' || error.fault === 'size';
    throw new WireError(isBound ? ErrorCode.LimitExceeded : ErrorCode.InvalidParams, error.message);
  }
}
