import type { LanguageSupport, SourceLanguage } from '../../../src/analysis/index.ts';
import { goKnowledge } from '../../../src/analysis/knowledge/go/index.ts';
import { javascriptKnowledge } from '../../../src/analysis/knowledge/javascript/index.ts';
import { pythonKnowledge } from '../../../src/analysis/knowledge/python/index.ts';
import { rustKnowledge } from '../../../src/analysis/knowledge/rust/index.ts';
import { goLowering } from '../../../src/analysis/lower/go/index.ts';
import {
  javascriptLowering,
  tsxLowering,
  typescriptLowering,
} from '../../../src/analysis/lower/javascript/index.ts';
import { pythonLowering } from '../../../src/analysis/lower/python/index.ts';
import { rustLowering } from '../../../src/analysis/lower/rust/index.ts';

/** All languages, for engines with a choice of rules. */
export const everyLanguage: ReadonlyMap<SourceLanguage, LanguageSupport> = new Map([
  ['javascript', { lowering: javascriptLowering, knowledge: javascriptKnowledge }],
  ['typescript', { lowering: typescriptLowering, knowledge: javascriptKnowledge }],
  ['tsx', { lowering: tsxLowering, knowledge: javascriptKnowledge }],
  ['python', { lowering: pythonLowering, knowledge: pythonKnowledge }],
  ['go', { lowering: goLowering, knowledge: goKnowledge }],
  ['rust', { lowering: rustLowering, knowledge: rustKnowledge }],
]);
