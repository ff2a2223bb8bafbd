import type { LanguageSupport } from './engine.ts';
import { goKnowledge } from './knowledge/go/index.ts';
import { javascriptKnowledge } from './knowledge/javascript/index.ts';
import { pythonKnowledge } from './knowledge/python/index.ts';
import { rustKnowledge } from './knowledge/rust/index.ts';
import type { SourceLanguage } from './languages.ts';
import { goLowering } from './lower/go/index.ts';
import { javascriptLowering, tsxLowering, typescriptLowering } from './lower/javascript/index.ts';
import { pythonLowering } from './lower/python/index.ts';
import { rustLowering } from './lower/rust/index.ts';

/** Every language that can be looked at, with what is known of it. */
export const supportedLanguages: ReadonlyMap<SourceLanguage, LanguageSupport> = new Map([
  ['javascript', { lowering: javascriptLowering, knowledge: javascriptKnowledge }],
  ['typescript', { lowering: typescriptLowering, knowledge: javascriptKnowledge }],
  ['tsx', { lowering: tsxLowering, knowledge: javascriptKnowledge }],
  ['python', { lowering: pythonLowering, knowledge: pythonKnowledge }],
  ['go', { lowering: goLowering, knowledge: goKnowledge }],
  ['rust', { lowering: rustLowering, knowledge: rustKnowledge }],
]);
