import type { Value } from '../ir/index.ts';
import type { SyntaxNode } from '../syntax/node.ts';
import type { Abstract } from './abstract.ts';
import type { ArgumentView } from './events.ts';
import type { Passed } from './machine.ts';

/** Everything about one call while it is looked at. */
export interface CallParts {
  readonly node: SyntaxNode;
  readonly callee: Abstract;
  readonly method: string;
  readonly receiver: Abstract | undefined;
  readonly receiverValue: Value | undefined;
  readonly paths: readonly string[];
  readonly args: readonly ArgumentView[];
  readonly passed: Passed;
  readonly hasSpread: boolean;
  readonly isNew: boolean;
}
