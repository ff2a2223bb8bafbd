import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const mergeRule: Rule = sinkRule({
  id: 'PW-JS-MERGE',
  title: 'Objects are merged without a look at their keys',
  category: 'prototype-pollution',
  cwe: 1321,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'A key `__proto__` in what is merged leads to the prototype of all objects, and what is below it is written there.',
    remedy: 'Skip `__proto__`, `constructor` and `prototype`, or check what is merged against a schema.',
    bad: "app.post('/', (req, res) => require('lodash').merge(settings, req.body));",
    good: "app.post('/', (req, res) => require('lodash').merge(settings, { theme: String(req.body.theme) }));",
  },
  does: 'is merged into an object, keys and all',
  sinks: [
    {
      call: [
        'lodash.set',
        'lodash.setWith',
        'lodash.update',
        'set-value',
        'dot-prop.set',
        'object-path.set',
        'dottie.set',
      ],
      argument: 1,
      from: 'user',
      does: 'is a path into an object, and can lead to its prototype',
    },
    {
      call: [
        'lodash.merge',
        'lodash.mergeWith',
        'lodash.defaultsDeep',
        'lodash.zipObjectDeep',
        'deep-extend',
        'extend',
        'deepmerge',
        'merge-deep',
        'mixin-deep',
        'node.extend',
        'jquery.extend',
        'global.$.extend',
        'global.jQuery.extend',
        'merge.recursive',
        '@hapi/hoek.merge',
        'hoek.merge',
        'defaults-deep',
        'global._.merge',
        'global._.defaultsDeep',
        'global.angular.merge',
        'flat.unflatten',
      ],
      argument: 'any',
      from: 'user',
      // What is spelled out has the keys that stand there.
      when: (_event, value) => value.fields === undefined,
    },
  ],
  watches: [{ on: 'node', of: ['for_in_statement', 'call_expression'], check: checkOwnMerge }],
});

/** A function that copies properties key by key and calls itself for what is nested, without a look at the keys. */
function checkOwnMerge(node: SyntaxNode, context: RuleContext): void {
  const body = loopBody(node, context);
  if (body === undefined) return;
  const owner = functionAround(node);
  const name = owner && nameOf(owner, context);
  if (owner === undefined || name === undefined || owner.end - owner.start > 6_000) return;
  const text = context.textOf(owner);
  if (/__proto__|hasOwn|prototype|Object\.create\(\s*null|new Map\b|structuredClone/.test(text)) return;
  if (!new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\s*\\(`).test(context.textOf(body))) return;
  // Two objects have to be walked side by side: `target[key]` and `source[key]`.
  if (!walksTwo(context.textOf(body), name)) return;
  const write = writeIn(body, context);
  if (write !== undefined) {
    context.report(write, {
      message: `\`${name}\` copies whatever keys it is given; \`__proto__\` leads it to the prototype of all objects.`,
      severity: 'warning',
    });
  }
}

function loopBody(node: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  if (node.type === 'for_in_statement') return node.child('body');
  const callee = node.child('function');
  if (callee?.type !== 'member_expression' || callee.child('property') === undefined) return undefined;
  if (
    !/^Object\.(?:keys|entries)\([\s\S]{0,80}\)\.forEach$/.test(
      context.text.slice(callee.start, Math.min(callee.end, callee.start + 120)),
    )
  ) {
    return undefined;
  }
  return node.child('arguments');
}

function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  let at = node.parent;
  while (at && !/^(?:function_declaration|function_expression|method_definition)$/.test(at.type)) {
    if (at.type === 'arrow_function' && at.parent?.type === 'variable_declarator') return at;
    at = at.parent;
  }
  return at;
}

function nameOf(owner: SyntaxNode, context: RuleContext): string | undefined {
  const name =
    owner.child('name') ??
    (owner.parent?.type === 'variable_declarator' ? owner.parent.child('name') : undefined);
  return name && context.textOf(name);
}

/** `target[key] = …` with a key that is a plain name. */
function writeIn(body: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  const pending = [body];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const left = node.type === 'assignment_expression' ? node.child('left') : undefined;
    const index = left?.type === 'subscript_expression' ? left.child('index') : undefined;
    if (index?.type === 'identifier' && context.textOf(index) !== 'i') return node;
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child) pending.push(child);
    }
  }
  return undefined;
}

function walksTwo(text: string, name: string): boolean {
  const objects = new Set(
    [...text.matchAll(/([\w.]+)\[\s*(?:\w*key\w*|k|prop\w*|name|attr|p|i|property)\s*\]/gi)].map(
      found => found[1],
    ),
  );
  const call = new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\s*\\(([^;]{0,200})`).exec(text)?.[1] ?? '';
  return objects.size >= 2 && /\[\s*\w+\s*\]/.test(call);
}
