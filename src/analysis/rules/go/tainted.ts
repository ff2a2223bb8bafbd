import type { Abstract, CallEvent, Taint, WriteEvent } from '../../flow/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Report, RuleContext } from '../rule.ts';

/** The front of a sentence about where a value comes from. */
export function subjectOf(taint: Taint): string {
  return taint.source.charAt(0).toUpperCase() + taint.source.slice(1);
}

/** What is said of a tainted value: an error when someone else decides it, otherwise a warning. */
export function reportOf(taint: Taint, does: string): Report {
  const severity = taint.level === 'user' ? 'error' : 'warning';
  return { message: `${subjectOf(taint)} ${does}.`, severity, taint };
}

/** Text put together of parts, or text that the machine or someone else decides; what a caller hands over whole is not. */
export function isBuiltOrForeign(
  event: CallEvent | WriteEvent,
  value: Abstract,
  { text, values }: RuleContext,
): boolean {
  // Conditions can be maps and structs too; those are compared field by field.
  if (value.fields !== undefined || value.instance !== undefined) return false;
  const view = 'args' in event ? event.args.find(one => one.value === value) : undefined;
  if (view !== undefined && text.charAt(view.node.start - 1) === '&') return false;
  const level = values.taintOf(value, 'sql-injection')?.level;
  return values.isBuilt(value) || level === 'user' || level === 'local';
}

/** Every way of putting members to types: `DB.Query`, `DB.Exec`, `Tx.Query`… below one package. */
export function methodsOf(module: string, types: string, methods: string): string[] {
  return types.split(' ').flatMap(type => methods.split(' ').map(name => `${module}.${type}.${name}`));
}

/** Members of one package. */
export function membersOf(module: string, names: string): string[] {
  return names.split(' ').map(name => `${module}.${name}`);
}

/** The function, method or literal that a node stands in. */
export function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  let at = node.parent;
  while (at !== undefined && !/^(?:function_declaration|method_declaration|func_literal)$/.test(at.type)) {
    at = at.parent;
  }
  return at;
}

/** The outermost function that a node stands in, for what a closure shares with the function around it. */
export function declarationAround(node: SyntaxNode): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (at.type === 'function_declaration' || at.type === 'method_declaration') found = at;
  }
  return found;
}

/** The statement that a node is part of, without the blocks of functions in it. */
export function statementAround(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (
    at.parent !== undefined &&
    !/^(?:statement_list|block|source_file|program|const_declaration|var_declaration)$/.test(at.parent.type)
  ) {
    at = at.parent;
  }
  return at;
}
