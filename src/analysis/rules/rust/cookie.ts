import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

export const cookieRule: Rule = {
  id: 'PW-RS-COOKIE',
  title: 'A cookie lacks its protection',
  category: 'other',
  cwe: 614,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Without `Secure` a cookie goes over connections that others can read, without `HttpOnly` scripts of the page can read it.',
    remedy: 'Set `secure(true)` and `http_only(true)`, and `same_site(SameSite::Lax)` or `Strict`.',
    bad: `fn session(id: &str) {
    let cookie = cookie::Cookie::build(("session", id)).secure(false).build();
}`,
    good: `fn session(id: &str) {
    let cookie = cookie::Cookie::build(("session", id)).secure(true).http_only(true).build();
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        '**.secure **.http_only **.set_secure **.set_http_only **.cookie_secure **.cookie_http_only **.with_secure **.with_http_only',
      ),
      check: (call, context) => {
        if (!context.values.constantsOf(call.args[0]?.value ?? {}).includes(false)) return;
        // One report is enough for a whole chain.
        const chain = context.textOf(call.node);
        if (
          /(?:secure|http_only)\s*\(\s*false\s*\)[\s\S]*(?:secure|http_only)\s*\(\s*false\s*\)$/.test(chain)
        )
          return;
        context.report(call.node, {
          message: `The cookie goes without protection (\`${call.method}(false)\`).`,
        });
      },
    },
  ],
};
