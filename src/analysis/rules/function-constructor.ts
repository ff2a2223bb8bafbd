import { everyLanguage, type Rule } from '../rule.ts';

const CONSTRUCTORS = new Set(['global.Function', 'global.GeneratorFunction', 'global.AsyncFunction']);

export const functionConstructorRule: Rule = {
  id: 'PW-JS-FUNCTION-CONSTRUCTOR',
  title: 'Text is compiled to a function',
  category: 'code-execution',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: '`Function(text)` is `eval` by another name: whoever can influence the text runs any code with the permissions of the plugin.',
    remedy: 'Write the function out, or choose one from a table of functions.',
    bad: "const add = new Function('a', 'b', 'return ' + formula);",
    good: 'const add = (a, b) => a + b;',
  },
  nodes: ['call_expression', 'new_expression'],
  check: (node, context) => {
    const { callee, target, args } = context.callAt(node);
    if (callee !== undefined && CONSTRUCTORS.has(callee)) {
      context.report(target, { message: 'The `Function` constructor compiles text to code.' });
      return;
    }
    for (const argument of args ?? []) {
      if (argument.type === 'identifier' && context.names.pathOf(argument) === 'global.Function') {
        // `x instanceof Function` and type tables are harmless; a bare argument is not certain to be called.
        context.report(argument, {
          message:
            'The `Function` constructor is handed to another function, which may compile text to code.',
          severity: 'info',
        });
      }
    }
  },
};
