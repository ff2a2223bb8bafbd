import type { Statement, SwitchStatement, Target, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { conditional } from './conditional.ts';
import type { Context } from './context.ts';
import { lowerTarget } from './targets.ts';

/** `match … case …`. */
export function lowerMatch(node: SyntaxNode, context: Context): SwitchStatement {
  const subjects = node.children.filter(child => child.field === 'subject');
  const cases: SwitchStatement['cases'][number][] = [];
  for (const clause of node.child('body')?.children ?? []) {
    if (clause.type !== 'case_clause') continue;
    const patterns = clause.children.filter(child => child.type === 'case_pattern');
    const matched = patterns.map(pattern => lowerPattern(pattern, context));
    const guard = clause.child('guard');
    const test = guard && context.value(guard.inner, guard);
    const body = context.block(clause.child('consequence'));
    const guarded: Statement[] = test ? [conditional(test, body)] : body;
    const [only, more] = matched;
    const target = more === undefined ? only?.target : listOf(clause, matched);
    const tests = matched.flatMap(one => one.tests);
    const isOpen = matched.every(one => one.isOpen);
    cases.push({
      tests: isOpen && !guard ? [] : tests.length > 0 ? tests : [context.opaque(clause)],
      target,
      body: guarded,
    });
  }
  const [subject, second] = subjects;
  const value: Value =
    second === undefined
      ? context.value(subject, node)
      : { kind: 'list', node, items: subjects.map(one => ({ value: context.value(one, node) })) };
  return { kind: 'switch', subject: value, cases };
}

interface Matched {
  readonly target: Target | undefined;
  readonly tests: readonly Value[];
  /** Everything matches. */
  readonly isOpen: boolean;
}

const nothing: Matched = { target: undefined, tests: [], isOpen: true };

function lowerPattern(node: SyntaxNode, context: Context): Matched {
  const inner = node.inner;
  switch (node.type) {
    case 'case_pattern':
      return inner === undefined ? nothing : lowerPattern(inner, context);
    case 'dotted_name': {
      const [first, ...rest] = node.children;
      if (first === undefined) return nothing;
      if (rest.length === 0) return { target: lowerTarget(first, context), tests: [], isOpen: true };
      let value = context.reference(first, context.textOf(first));
      for (const key of rest) value = { kind: 'member', node, object: value, key: context.textOf(key) };
      return { target: undefined, tests: [value], isOpen: false };
    }
    case 'as_pattern': {
      const [pattern, name] = node.children;
      const matched = pattern === undefined ? nothing : lowerPattern(pattern, context);
      return { ...matched, target: lowerTarget(name, context) ?? matched.target };
    }
    case 'union_pattern': {
      const options = node.children.map(child => lowerPattern(child, context));
      return {
        target: options.find(option => option.target !== undefined)?.target,
        tests: options.flatMap(option => option.tests),
        isOpen: options.some(option => option.isOpen),
      };
    }
    case 'list_pattern':
    case 'tuple_pattern':
      return {
        target: listOf(
          node,
          node.children.map(child => lowerPattern(child, context)),
        ),
        tests: [context.opaque(node)],
        isOpen: false,
      };
    case 'splat_pattern':
      return { target: lowerTarget(inner, context), tests: [], isOpen: true };
    case 'dict_pattern':
    case 'class_pattern':
      return { target: recordOf(node, context), tests: [context.opaque(node)], isOpen: false };
    case 'string':
    case 'concatenated_string':
    case 'integer':
    case 'float':
    case 'true':
    case 'false':
    case 'none':
      return { target: undefined, tests: [context.value(node, node)], isOpen: false };
    default:
      return { target: undefined, tests: [context.opaque(node)], isOpen: false };
  }
}

type Entry = Extract<Target, { kind: 'pattern' }>['entries'][number];

function listOf(node: SyntaxNode, items: readonly Matched[]): Target {
  const entries: Entry[] = [];
  items.forEach(({ target }, position) => {
    if (target) entries.push({ key: position, target });
  });
  return { kind: 'pattern', node, entries };
}

function recordOf(node: SyntaxNode, context: Context): Target {
  const entries: Entry[] = [];
  let key: Value | undefined;
  for (const child of node.children) {
    if (child.field === 'key') key = context.value(child, node);
    else if (child.field === 'value') {
      const { target } = lowerPattern(child, context);
      if (target && key) entries.push({ key: key.kind === 'constant' ? String(key.value) : key, target });
    } else if (child.type === 'splat_pattern') {
      const { target } = lowerPattern(child, context);
      if (target) entries.push({ key: 'rest', isRest: true, target });
    } else if (child.type === 'case_pattern') {
      const keyword = child.inner;
      if (keyword?.type !== 'keyword_pattern') {
        const { target } = lowerPattern(child, context);
        if (target) entries.push({ key: context.opaque(child), target });
        continue;
      }
      const [name, pattern] = keyword.children;
      const target = pattern && lowerPattern(pattern, context).target;
      if (name && target) entries.push({ key: context.textOf(name), target });
    }
  }
  return { kind: 'pattern', node, entries };
}
