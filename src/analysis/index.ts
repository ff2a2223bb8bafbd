export {
  type Analyzer,
  type AnalyzerPorts,
  analyzerWasmFiles,
  createAnalyzer,
  type SourceFile,
} from './analyzer.ts';
export { type Category, categories } from './category.ts';
export {
  createEngine,
  type Engine,
  type EngineParts,
  type LanguageSupport,
  type Project,
  type ProjectFile,
  type ProjectPorts,
  SCAN_INCOMPLETE as SCAN_TOO_LARGE,
} from './engine.ts';
export {
  isLeftOutFile,
  isLeftOutFolder,
  isScannable,
  isTestCode,
  isVersionControl,
  languageOf,
  type SourceLanguage,
  supportedExtensions,
} from './languages.ts';
export { asTestCode, noLevels, type RuleLevel, type RuleLevels, withLevels } from './levels.ts';
export { mergeFindings } from './merge-findings.ts';
export { MAX_SOURCE_LENGTH } from './parse.ts';
export { createParseCache, type ParseCache } from './parse-cache.ts';
export { rules } from './rules/index.ts';
export type { Rule } from './rules/rule.ts';
export { SUPPRESSION_UNUSED, SUPPRESSION_WITHOUT_REASON, type Suppressed } from './suppression.ts';
