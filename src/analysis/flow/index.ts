export type { Abstract, Piece, Step, Taint, TaintLevel } from './abstract.ts';
export type { ArgumentView, CallEvent, ReadEvent, Values, WriteEvent } from './events.ts';
export type { HandlerSpec, Knowledge, SanitizerSpec, SourceSpec } from './knowledge.ts';
