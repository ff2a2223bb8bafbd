export {
  type Analyzer,
  type AnalyzerPorts,
  analyzerWasmFiles,
  createAnalyzer,
  MAX_SOURCE_LENGTH,
  SCAN_TOO_LARGE,
  type SourceFile,
} from './analyzer.ts';
export {
  createEngine,
  type Engine,
  type EngineParts,
  type LanguageSupport,
  type Project,
  type ProjectFile,
  type ProjectPorts,
} from './engine.ts';
export { isScannable, languageOf, supportedExtensions } from './languages.ts';
export type { Rule, SourceLanguage } from './rule.ts';
export { rules } from './rules/index.ts';
export { SUPPRESSION_UNUSED, SUPPRESSION_WITHOUT_REASON, suppressionComment } from './suppression.ts';
