import type { Rule } from '../rule.ts';
import { go } from './languages.ts';

/** What helps while a program is written and tells others too much when it runs. */
export const debugRule: Rule = {
  id: 'PW-GO-DEBUG',
  title: 'A means of debugging is open to others',
  category: 'other',
  cwe: 489,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'Profiles and traces show the program’s memory, arguments and paths to everyone who can reach the server.',
    remedy:
      'Serve `pprof` on an address of its own that only this machine reaches, or leave it out of releases.',
    bad: 'import _ "net/http/pprof"',
    good: 'import "runtime/pprof"',
  },
  watches: [
    {
      on: 'node',
      of: ['import_spec'],
      check: (node, context) => {
        const path = node.child('path');
        if (path === undefined || context.textOf(path) !== '"net/http/pprof"') return;
        if (node.child('name')?.type !== 'blank_identifier') return;
        context.report(node, { message: 'This puts the profiler on the default server, for everyone.' });
      },
    },
    {
      on: 'call',
      of: [
        'fmt.Fprint',
        'fmt.Fprintf',
        'fmt.Fprintln',
        'net/http.Error',
        'net/http.ResponseWriter.Write',
        'io.WriteString',
      ],
      check: (call, context) => {
        const { values } = context;
        const isAnswer = [call.receiver, call.args[0]?.value].some(
          one => one !== undefined && values.pathsOf(one).includes('net/http.ResponseWriter'),
        );
        const hasStack = call.args.some(({ value }) =>
          [value, ...(value.text ?? [])].some(
            piece => typeof piece !== 'string' && values.pathsOf(piece).includes('runtime/debug.Stack()'),
          ),
        );
        if (isAnswer && hasStack)
          context.report(call.node, { message: 'The stack of the program is shown to others.' });
      },
    },
    {
      on: 'call',
      of: ['github.com/gin-gonic/gin.SetMode'],
      check: (call, context) => {
        const [mode] = call.args;
        const isDebug =
          mode && context.values.pathsOf(mode.value).includes('github.com/gin-gonic/gin.DebugMode');
        if (isDebug || (mode && context.values.textOf(mode.value) === 'debug')) {
          context.report(call.node, { message: 'The server tells others what goes wrong in it.' });
        }
      },
    },
    {
      on: 'write',
      of: ['github.com/labstack/echo.Echo.Debug', 'github.com/labstack/echo.New().Debug'],
      check: (write, context) => {
        if (context.values.constantsOf(write.value)[0] !== true) return;
        context.report(write.node, { message: 'The server tells others what goes wrong in it.' });
      },
    },
  ],
};
