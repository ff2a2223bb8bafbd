import { WorkbenchError } from '../base/index.ts';
import type { Json } from '../protocol/plugin/index.ts';
import { WireError } from '../protocol/wire/index.ts';
import type { DebugHost } from './host-api.ts';
import type { Population } from './population.ts';

/** The part of a host that front-ends ask about values. */
export type DataRequests = Pick<DebugHost, 'generateSchema' | 'validate' | 'keepValue' | 'findValue'>;

/** Owner of what front-ends keep; no plugin can have that id. */
const FRONT_END = '$host';

/** Makes that part. */
export function createDataRequests(population: Population): DataRequests {
  const data = (tenant?: string) => population.exchange(tenant).data;
  return {
    generateSchema: ({ value }) => explaining(() => data().generateSchema(asJson(value))),
    validate: ({ value, schema }) =>
      explaining(() => {
        const { valid, problems } = data().validate(asJson(value), asJson(schema));
        return { valid, problems: [...problems] };
      }),
    keepValue: ({ key, value, ttlMs, tenant }) => {
      explaining(() => data(tenant).keep(FRONT_END, key, asJson(value), ttlMs));
    },
    findValue: ({ key, tenant }) => data(tenant).find(FRONT_END, key),
  };
}

/** What a front-end sent came as JSON; what is absent is null. */
function asJson(value: unknown): Json {
  return (value ?? null) as Json;
}

/** @throws WorkbenchError `PW-DATA-INVALID` for what a service refuses */
function explaining<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new WorkbenchError('PW-DATA-INVALID', error.message, {
      nextStep: 'The page about the data bridge says how values and schemas are written.',
    });
  }
}
