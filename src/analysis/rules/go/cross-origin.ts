import type { Abstract } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';

/** Pages of other sites that may use this server in the name of who opens them. */
export const crossOriginRule: Rule = {
  id: 'PW-GO-CROSS-ORIGIN',
  title: 'Every site may use this server in its visitors’ name',
  category: 'other',
  cwe: 942,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A page of another site reads answers and sends commands with the cookies of whoever opens it.',
    remedy: 'Name the sites that may, and compare `Origin` with that list.',
    bad: 'import "github.com/gorilla/websocket"\n\nvar upgrader = websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return true }}',
    good: 'import "github.com/gorilla/websocket"\n\nvar upgrader = websocket.Upgrader{ReadBufferSize: 1024}',
  },
  watches: [
    {
      on: 'write',
      of: ['github.com/gorilla/websocket.Upgrader.CheckOrigin', '**.CheckOrigin', '**.AllowOriginFunc'],
      check: (write, context) => {
        const body = write.value.callable?.function.body;
        const [only] = body ?? [];
        if (
          body?.length === 1 &&
          only?.kind === 'return' &&
          only.value?.kind === 'constant' &&
          only.value.value === true
        ) {
          context.report(write.node, { message: 'Pages of every site may connect.' });
        }
      },
    },
    {
      on: 'call',
      of: [
        'github.com/rs/cors.Options',
        'github.com/gin-contrib/cors.Config',
        'github.com/labstack/echo/middleware.CORSConfig',
        'github.com/go-chi/cors.Options',
        'github.com/gofiber/fiber/middleware/cors.Config',
      ],
      check: (call, context) => {
        const { values } = context;
        const isTrue = (name: string): boolean => values.constantsOf(call.option(name) ?? {})[0] === true;
        const origins = ['AllowedOrigins', 'AllowOrigins'].some(name => hasStar(call.option(name), context));
        if (call.isNew && isTrue('AllowCredentials') && (origins || isTrue('AllowAllOrigins'))) {
          context.report(call.node, { message: 'Pages of every site may read answers, with cookies.' });
        }
      },
    },
    {
      on: 'call',
      of: ['**.Set', '**.Add', '**.Header'],
      check: (call, context) => {
        const { values } = context;
        const [name, value] = call.args;
        if (call.args.length !== 2 || name === undefined || value === undefined) return;
        if (values.textOf(name.value)?.toLowerCase() !== 'access-control-allow-origin') return;
        const taint = values.taintOf(value.value, 'other');
        if (values.textOf(value.value) === '*') {
          context.report(call.node, { message: 'Pages of every site may read answers.', severity: 'info' });
        } else if (taint?.level === 'user') {
          context.report(call.node, { message: 'Whatever site asks is allowed to read answers.', taint });
        }
      },
    },
  ],
};

function hasStar(value: Abstract | undefined, { values }: RuleContext): boolean {
  if (value === undefined) return false;
  return [value, ...values.elements(value)].some(one => values.constantsOf(one).includes('*'));
}
