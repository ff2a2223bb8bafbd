import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';
import { subjectOf } from './wording.ts';

const BUILT_IN =
  /^global\.(?:Object|Array|String|Function|Number|Promise|Map|Set|RegExp|Date)\.prototype(?:\.|$)/;

/** The same as written. */
const WRITTEN =
  /^(?:(?:window|global|globalThis|self)\.)?(?:Object|Array|String|Function|Number|Promise|Map|Set|RegExp|Date)\.prototype(?:\.|\[)/;

export const prototypePollutionRule: Rule = {
  id: 'PW-JS-PROTOTYPE',
  title: 'A prototype that others share is changed',
  category: 'prototype-pollution',
  cwe: 1321,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'A value written through `__proto__` or into `Object.prototype` appears on every object in the process, and changes how the host and other plugins decide.',
    remedy: 'Use a `Map` or `Object.create(null)` for keys that come from outside; extend your own classes.',
    bad: "target['__proto__'].admin = true;",
    good: "settings.set('admin', true);",
  },
  watches: [
    {
      on: 'write',
      of: ['**.__proto__', '?.__proto__'],
      check: (write, context) => {
        // How classes were made before there were any.
        if (/^\(?this\b/.test(context.textOf(write.node))) return;
        context.report(write.node, {
          message: 'This writes through `__proto__` into a prototype that others share.',
          severity: 'warning',
        });
      },
    },
    {
      on: 'write',
      of: ['**.[]', '?.[]'],
      check: (write, context) => {
        const taint = context.values.taintOf(write.keyValue, 'prototype-pollution');
        // A key of one's choice is harm only when it leads somewhere: `a[k][l] = v`.
        if (taint?.level !== 'user' || !isNested(write.node)) return;
        context.report(write.node, {
          message: `${subjectOf(taint, '')} decides which property is written, and it can be one of \`__proto__\`.`,
          taint,
        });
      },
    },
    {
      on: 'node',
      of: ['assignment_expression'],
      check: (node, context) => {
        const left = node.child('left');
        if (left === undefined || left.end - left.start > 120 || !WRITTEN.test(context.textOf(left))) return;
        context.report(node, {
          message: 'This changes a built-in prototype for the whole process.',
          severity: 'warning',
        });
      },
    },
    {
      on: 'read',
      of: ['**.__proto__', '?.__proto__'],
      check: (read, context) => {
        const write = writeThrough(read.node);
        if (write === undefined) return;
        context.report(write, {
          message: 'This writes through `__proto__` into a prototype that others share.',
          severity: 'warning',
        });
      },
    },
    {
      on: 'call',
      of: [
        'global.Object.defineProperty',
        'global.Object.assign',
        'global.Object.defineProperties',
        'global.Object.setPrototypeOf',
      ],
      check: (call, context) => {
        const [target] = call.args;
        if (target === undefined || !context.values.pathsOf(target.value).some(path => BUILT_IN.test(path)))
          return;
        context.report(call.node, {
          message: 'This changes a built-in prototype for the whole process.',
          severity: 'warning',
        });
      },
    },
  ],
};

function isNested(place: SyntaxNode): boolean {
  return place.type === 'subscript_expression' && place.child('object')?.type === 'subscript_expression';
}

/** Where something reached through a place is written: `a.__proto__.b.c = 1`. */
function writeThrough(place: SyntaxNode): SyntaxNode | undefined {
  let at = place;
  while (at.parent?.child('object') === at) at = at.parent;
  return at !== place && at.field === 'left' && at.parent?.type === 'assignment_expression'
    ? at.parent
    : undefined;
}
