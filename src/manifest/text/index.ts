export type { ManifestNode, ManifestProperty, ParsedText, Span, TextProblem } from './node.ts';
export { maxDepth, maxTextBytes, plainValue } from './node.ts';
export { parseJson } from './parse-json.ts';
export { parseYaml } from './parse-yaml.ts';
