import type { CallEvent, WriteEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const functionConstructorRule: Rule = sinkRule({
  id: 'PW-JS-FUNCTION-CONSTRUCTOR',
  title: 'Text is compiled to a function',
  category: 'code-eval',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: '`Function(text)` is `eval` by another name: whoever can influence the text runs any code with the permissions of the plugin.',
    remedy: 'Write the function out, or choose one from a table of functions.',
    bad: "const add = new Function('a', 'b', 'return ' + formula);",
    good: 'const add = (a, b) => a + b;',
  },
  does: 'is compiled to a function',
  sinks: [
    {
      call: ['global.Function', 'global.GeneratorFunction', 'global.AsyncFunction'],
      argument: 'any',
      from: 'dynamic',
      when: isMade,
    },
  ],
  watches: [
    {
      on: 'node',
      of: ['arguments'],
      check: (node, context) => {
        for (const child of node.children) {
          if (child.type !== 'identifier' || child.end - child.start !== 8) continue;
          if (context.textOf(child) !== 'Function' || context.module.scope.own('Function') !== undefined)
            continue;
          if (/^Reflect\b/.test(context.textOf(node.parent ?? node).slice(0, 20))) continue;
          // `x instanceof Function` and type tables are harmless; a bare argument is not certain to be called.
          context.report(child, {
            message:
              'The `Function` constructor is handed to another function, which may compile text to code.',
            severity: 'info',
          });
        }
      },
    },
  ],
});

/** A call of the constructor, and not of what it has made, which goes by the same name. */
function isMade(event: CallEvent | WriteEvent, _value: unknown, { textOf }: RuleContext): boolean {
  if (!('isNew' in event) || event.isNew) return true;
  const callee = event.node.child('function');
  return (
    callee === undefined || /(?:Function|constructor['"]?\]?)(?:\.(?:call|apply))?$/.test(textOf(callee))
  );
}
