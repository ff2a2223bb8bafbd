import type { Knowledge } from '../../flow/index.ts';
import { handlers } from './handlers.ts';
import { harmless } from './harmless.ts';
import { localSources } from './local-sources.ts';
import { messageSources } from './message-sources.ts';
import { same } from './same.ts';
import { sanitizers } from './sanitizers.ts';
import { transparent } from './transparent.ts';
import { webSources } from './web-sources.ts';

/** What Go's standard library and its popular packages mean for the flow of data. */
export const goKnowledge: Knowledge = {
  sources: [...webSources, ...messageSources, ...localSources],
  handlers,
  sanitizers,
  same,
  harmless,
  transparent,
};
