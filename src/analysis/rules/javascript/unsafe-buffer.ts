import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const unsafeBufferRule: Rule = {
  id: 'PW-JS-BUFFER',
  title: 'A buffer may hold what was in memory before',
  category: 'unsafe-memory',
  cwe: 908,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: '`new Buffer(n)` with a number, and `allocUnsafe`, give memory as it was left: keys and other people’s data go out with it.',
    remedy: 'Use `Buffer.from` for text and `Buffer.alloc` for a size.',
    bad: 'const copy = new Buffer(size);',
    good: 'const copy = Buffer.alloc(16);',
  },
  watches: [
    {
      on: 'call',
      of: ['global.Buffer'],
      check: (call, context) => {
        const [first] = call.args;
        // With an encoding it is text.
        if (
          first === undefined ||
          call.args.length > 1 ||
          typeof context.values.textOf(first.value) === 'string'
        )
          return;
        const taint = context.values.taintOf(first.value, 'unsafe-memory');
        context.report(call.node, {
          message: '`Buffer` as a constructor gives memory as it was left when it gets a number.',
          severity: taint?.level === 'user' ? 'error' : undefined,
          taint,
        });
      },
    },
    {
      on: 'call',
      of: [
        'global.Buffer.allocUnsafe',
        'global.Buffer.allocUnsafeSlow',
        'global.SlowBuffer',
        'buffer.SlowBuffer',
      ],
      check: (call, context) => {
        const taint = call.args[0] && context.values.taintOf(call.args[0].value, 'unsafe-memory');
        if (call.method !== 'SlowBuffer' && taint?.level !== 'user') return;
        context.report(call.node, { message: `\`${call.method}\` gives memory as it was left.`, taint });
      },
    },
    {
      on: 'node',
      of: ['call_expression'],
      check: (node, context) => {
        const callee = node.child('function');
        const property = callee?.child('property');
        if (
          callee === undefined ||
          property === undefined ||
          !/^(?:read|write)U?(?:Int|Float|Double|BigInt)/.test(context.textOf(property))
        )
          return;
        const args = (node.child('arguments')?.children ?? []).filter(child => child.type !== 'comment');
        const last = args.at(-1);
        const least = context.textOf(property).startsWith('read') ? 2 : 3;
        if (args.length >= least && last?.type === 'true') {
          context.report(node, {
            message: 'With `noAssert` this reads or writes past the end of the buffer.',
          });
        }
      },
    },
  ],
};
