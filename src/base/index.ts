export { type Disposable, DisposableStore, toDisposable } from './disposable.ts';
export { messageOf, WorkbenchError, type WorkbenchErrorOptions } from './error.ts';
export { Emitter, type Event } from './event.ts';
export type { Finding, Fix, RelatedLocation, Severity, TextEdit } from './finding.ts';
export { createLineMap, type LineMap, type Position, type Range, startOfFile } from './range.ts';
