export { type Binding, createScope, type Scope } from './scope.ts';
export type * from './tree.ts';
