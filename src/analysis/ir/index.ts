export { type Binding, createScope, type Scope } from './scope.ts';
export type * from './statement.ts';
export type * from './value.ts';
