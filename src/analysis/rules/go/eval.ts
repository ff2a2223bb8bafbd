import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';
import { membersOf, methodsOf } from './tainted.ts';

/** Interpreters inside the program. */
export const evalRule = sinkRule({
  id: 'PW-GO-EVAL',
  title: 'Text that is not fixed is run as a program',
  category: 'code-eval',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Whoever writes a part of the script does what the interpreter is able to do: loop for ever, or call what was put into it.',
    remedy: 'Run scripts from fixed files, and hand data to them as values instead of as text.',
    bad: 'import (\n\t"net/http"\n\t"github.com/robertkrimen/otto"\n)\n\nfunc run(w http.ResponseWriter, r *http.Request) {\n\tvm := otto.New()\n\tvm.Run("f(" + r.FormValue("x") + ")")\n}',
    good: 'import (\n\t"net/http"\n\t"github.com/robertkrimen/otto"\n)\n\nfunc run(w http.ResponseWriter, r *http.Request) {\n\tvm := otto.New()\n\tvm.Set("x", r.FormValue("x"))\n\tvm.Run("f(x)")\n}',
  },
  does: 'is run as a program',
  sinks: [
    {
      call: [
        ...methodsOf('github.com/robertkrimen/otto', 'Otto', 'Run Eval Compile'),
        'github.com/robertkrimen/otto.Run',
        ...methodsOf('github.com/dop251/goja', 'Runtime', 'RunString'),
        ...methodsOf('github.com/yuin/gopher-lua', 'LState', 'DoString LoadString'),
        ...methodsOf('github.com/traefik/yaegi/interp', 'Interpreter', 'Eval EvalWithContext Compile'),
        'github.com/d5/tengo.NewScript',
        'github.com/d5/tengo.Eval',
        'github.com/Knetic/govaluate.NewEvaluableExpression',
        'github.com/mattn/anko/vm.Execute',
      ],
      from: 'dynamic',
    },
    {
      call: [
        'github.com/dop251/goja.Runtime.RunScript',
        'github.com/dop251/goja.Compile',
        'rogchap.com/v8go.Context.RunScript',
        'github.com/tommie/v8go.Context.RunScript',
      ],
      argument: 1,
      from: 'dynamic',
    },
    { call: membersOf('go.starlark.net/starlark', 'ExecFile Eval'), argument: 2, from: 'parameter' },
    { call: membersOf('github.com/expr-lang/expr', 'Eval Compile'), from: 'user' },
    { call: membersOf('github.com/antonmedv/expr', 'Eval Compile'), from: 'user' },
  ],
});
