import type { Knowledge } from '../../flow/index.ts';
import { handlers } from './handlers.ts';
import { harmless } from './harmless.ts';
import { localSources } from './local-sources.ts';
import { pluginHandlers } from './plugin-handlers.ts';
import { same } from './same.ts';
import { sanitizers } from './sanitizers.ts';
import { transparent } from './transparent.ts';
import { webSources } from './web-sources.ts';

/** What Python's standard library and its popular packages mean for the flow of data. */
export const pythonKnowledge: Knowledge = {
  sources: [...webSources, ...localSources],
  handlers: [...handlers, ...pluginHandlers],
  sanitizers,
  same,
  harmless,
  transparent,
};
