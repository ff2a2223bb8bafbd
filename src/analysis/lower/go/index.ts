import type { Lowering } from '../port.ts';
import { lowerModule } from './module.ts';
import { globalPath, memberPath, modulePath, ownFiles } from './paths.ts';

/** Go, with every version of its language. */
export const goLowering: Lowering = {
  grammar: 'tree-sitter-go.wasm',
  lower: lowerModule,
  globalPath,
  modulePath,
  memberPath,
  ownFiles,
};
