import type { SourceLanguage } from '../../languages.ts';
import type { Effect } from '../effect.ts';
import { goEffects } from './go.ts';
import { javascriptEffects } from './javascript/index.ts';
import { pythonEffects } from './python/index.ts';
import { rustEffects } from './rust.ts';

export { sdkEffects } from './sdk/index.ts';

const tables: Readonly<Record<SourceLanguage, readonly Effect[]>> = {
  javascript: javascriptEffects,
  typescript: javascriptEffects,
  tsx: javascriptEffects,
  python: pythonEffects,
  go: goEffects,
  rust: rustEffects,
};

/** The table of a language. */
export function effectsOf(language: SourceLanguage): readonly Effect[] {
  return tables[language];
}
