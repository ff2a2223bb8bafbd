import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';
import { frontOf, hasFixedHost, looksAtHost } from './ssrf.ts';

function leavesTheSite(event: CallEvent | WriteEvent, value: Abstract, context: RuleContext): boolean {
  const { values } = context;
  if (hasFixedHost(frontOf(value, values)) || looksAtHost(event, context)) return false;
  // Where this very request went to, on the host it named: nobody can write another's `Host` header into a link.
  return !/\br(?:eq(?:uest)?)?\.(?:Host\b|RequestURI\b|URL\.(?:Path|String\(\)|RequestURI\(\)|EscapedPath\(\)))/.test(
    context.textOf(event.node),
  );
}

/** Redirects to addresses from outside. */
export const redirectRule = sinkRule({
  id: 'PW-GO-REDIRECT',
  title: 'Others choose where the browser is sent',
  category: 'ssrf',
  cwe: 601,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A link to a site that people trust leads them to one that looks the same and asks for their password.',
    remedy: 'Redirect to paths of your own site, or to addresses from a list.',
    bad: 'import "net/http"\n\nfunc next(w http.ResponseWriter, r *http.Request) {\n\thttp.Redirect(w, r, r.FormValue("next"), http.StatusFound)\n}',
    good: 'import "net/http"\n\nfunc next(w http.ResponseWriter, r *http.Request) {\n\thttp.Redirect(w, r, "/items/"+r.FormValue("id"), http.StatusFound)\n}',
  },
  does: 'decides where the browser is sent',
  sinks: [
    { call: 'net/http.Redirect', argument: 2, from: 'user', when: leavesTheSite },
    { call: 'net/http.RedirectHandler', argument: 0, from: 'user', when: leavesTheSite },
    {
      call: ['github.com/gin-gonic/gin.Context.Redirect', 'github.com/labstack/echo.Context.Redirect'],
      argument: 1,
      from: 'user',
      when: leavesTheSite,
    },
    {
      call: [
        'github.com/gofiber/fiber.Ctx.Redirect',
        'github.com/valyala/fasthttp.RequestCtx.Redirect',
        'github.com/beego/beego/server/web.Controller.Redirect',
        'github.com/kataras/iris.Context.Redirect',
      ],
      from: 'user',
      when: leavesTheSite,
    },
    {
      call: ['**.Set', '**.Add', '**.Header'],
      argument: 1,
      from: 'user',
      when: (event, value, context) => {
        if (!('args' in event) || event.args.length !== 2) return false;
        const name = event.args[0] && context.values.textOf(event.args[0].value);
        return name?.toLowerCase() === 'location' && leavesTheSite(event, value, context);
      },
    },
  ],
});
