export { hostsIn } from './hosts.ts';
export { type Literal, type LiteralSyntax, literalSyntaxOf, literalsOf } from './literals.ts';
export { createSourceFiles, type SourceFiles, type SourceText } from './source-files.ts';
