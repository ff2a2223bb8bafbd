import { sinkRule } from '../sink-rule.ts';
import { python } from './misuse.ts';

export const evalRule = sinkRule({
  id: 'PW-PY-EVAL',
  title: 'Text is run as code',
  category: 'code-eval',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Whoever can influence the text runs any code with all permissions of the plugin.',
    remedy:
      'Parse data with `json.loads` or `ast.literal_eval`; choose behaviour with a dictionary of functions.',
    bad: 'def settings(text):\n    return eval(text)',
    good: 'import ast\n\ndef settings(text):\n    return ast.literal_eval(text)',
  },
  does: 'is run as code',
  sinks: [
    {
      call: [
        'builtins.eval',
        'builtins.exec',
        'builtins.execfile',
        'code.InteractiveInterpreter.runsource',
        'code.InteractiveInterpreter.runcode',
        'code.InteractiveConsole.push',
        'code.InteractiveConsole.runsource',
        'code.InteractiveConsole.runcode',
        'codeop.compile_command',
        'types.CodeType',
        'numexpr.evaluate',
        'pandas.eval',
        'profile.run',
        'cProfile.run',
      ],
      from: 'dynamic',
      when: (event, value, { values }) =>
        // `exec(compile(…))` is reported at the compile.
        !values.pathsOf(value).includes('builtins.compile()') || !('args' in event),
    },
    {
      call: 'builtins.compile',
      argument: [0, 'source'],
      from: 'dynamic',
      when: (event, _value, { values }) => {
        // What only parses runs nothing.
        const flags = 'args' in event ? event.argument(3, 'flags') : undefined;
        const parses = flags && values.pathsOf(flags.value).some(path => path.includes('ast.PyCF_ONLY_AST'));
        return !parses && 'args' in event && event.args.length >= 2;
      },
    },
    { call: ['timeit.timeit', 'timeit.repeat', 'timeit.Timer'], argument: [0, 'stmt'], from: 'local' },
    { call: ['pandas.DataFrame.eval', 'pandas.DataFrame.query'], argument: [0, 'expr'], from: 'user' },
    {
      call: ['sympy.sympify', 'sympy.parse_expr', 'sympy.parsing.sympy_parser.parse_expr'],
      from: 'user',
    },
    {
      call: 'builtins.getattr',
      argument: 1,
      from: 'user',
      does: 'chooses which attribute is used',
      // `"do_" + command` can only be one of the methods that are meant.
      when: (_event, value, { values }) => values.prefixOf(value) === '',
    },
    {
      call: ['operator.attrgetter', 'operator.methodcaller'],
      from: 'user',
      does: 'chooses which attribute is used',
    },
  ],
});
