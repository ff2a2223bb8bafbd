import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';
import { declarationAround, statementAround } from './tainted.ts';

/** Cookies that scripts can read, or that are sent unencrypted. */
export const cookieRule: Rule = {
  id: 'PW-GO-COOKIE',
  title: 'A cookie can be read by scripts or on the network',
  category: 'other',
  cwe: 614,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'Without `HttpOnly` any script in the page reads the cookie, without `Secure` anyone on the network; a session in it is theirs.',
    remedy: 'Set both, and `SameSite`.',
    bad: 'import "net/http"\n\nfunc set(w http.ResponseWriter, id string) {\n\thttp.SetCookie(w, &http.Cookie{Name: "session", Value: id})\n}',
    good: 'import "net/http"\n\nfunc set(w http.ResponseWriter, id string) {\n\thttp.SetCookie(w, &http.Cookie{Name: "session", Value: id, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})\n}',
  },
  watches: [
    {
      on: 'call',
      of: [
        'net/http.Cookie',
        'github.com/gorilla/sessions.Options',
        'github.com/gofiber/fiber.Cookie',
        'github.com/gin-contrib/sessions.Options',
      ],
      check: (call, context) => {
        // One that is empty is filled in elsewhere.
        if (call.isNew && call.args[0]?.value.fields?.size) judgeLiteral(call, context);
      },
    },
    {
      on: 'call',
      of: ['github.com/gin-gonic/gin.Context.SetCookie'],
      check: (call, context) => {
        const flags = [call.argument(5), call.argument(6)];
        if (flags.some(flag => flag !== undefined && context.values.constantsOf(flag.value)[0] === false)) {
          context.report(call.node, { message: 'This cookie can be read by scripts, or on the network.' });
        }
      },
    },
  ],
};

function judgeLiteral(call: CallEvent, context: RuleContext): void {
  const { values } = context;
  const isOn = (name: string): boolean => {
    const value = call.option(name);
    return value !== undefined && values.constantsOf(value)[0] !== false;
  };
  const age = call.option('MaxAge');
  const [seconds] = age === undefined ? [] : values.constantsOf(age);
  // A cookie that is taken away carries nothing; one of a request is no answer.
  if (typeof seconds === 'number' && seconds < 0) return;
  if (/\bAddCookie\b/.test(context.textOf(statementAround(call.node)))) return;
  const text = context.textOf(declarationAround(call.node) ?? statementAround(call.node));
  const missing = ['Secure', 'HttpOnly'].filter(
    name =>
      !isOn(name) &&
      !(name === 'Secure' && isOn('CookieSecure')) &&
      !new RegExp(`\\.${name}\\s*=[^=]`).test(text),
  );
  const name = call.option('Name');
  const isAntiForgery = name !== undefined && /xsrf|csrf/i.test(values.prefixOf(name));
  const wanted = isAntiForgery ? missing.filter(one => one !== 'HttpOnly') : missing;
  if (wanted.length > 0) {
    context.report(call.node, {
      message: `This cookie is sent without ${wanted.map(one => `\`${one}\``).join(' and ')}.`,
    });
  }
}
