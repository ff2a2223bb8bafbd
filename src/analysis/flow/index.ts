export type { Abstract, Piece, Step, Taint, TaintLevel } from './abstract.ts';
export type { ArgumentView, CallEvent, ReadEvent, Values, WriteEvent } from './events.ts';
export type { HandlerParameter, HandlerSpec, Knowledge, SanitizerSpec, SourceSpec } from './knowledge.ts';
export { indexKnowledge } from './known.ts';
export type { LanguageTools, ModuleState, Watch as FlowWatch, Watcher, Watchers } from './machine.ts';
export { PathPatterns } from './path-patterns.ts';
export { Program, type ProgramPorts } from './program.ts';
export { values } from './values.ts';
