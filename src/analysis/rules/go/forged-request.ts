import type { Rule } from '../rule.ts';
import { go } from './languages.ts';

/** Protection against forged requests that protects nothing. */
export const forgedRequestRule: Rule = {
  id: 'PW-GO-FORGED-REQUEST',
  title: 'Nothing tells a user’s request from a forged one',
  category: 'other',
  cwe: 352,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A link on another site finishes a login that the attacker began, and the user works in the attacker’s account.',
    remedy: 'Make `state` of random bytes for each login, keep it in the session and compare it.',
    bad: 'import "golang.org/x/oauth2"\n\nfunc login(c *oauth2.Config) string {\n\treturn c.AuthCodeURL("state")\n}',
    good: 'import (\n\t"crypto/rand"\n\t"golang.org/x/oauth2"\n)\n\nfunc login(c *oauth2.Config) string {\n\treturn c.AuthCodeURL(rand.Text())\n}',
  },
  watches: [
    {
      on: 'call',
      of: ['golang.org/x/oauth2.Config.AuthCodeURL', '?.AuthCodeURL'],
      check: (call, context) => {
        const [state] = call.args;
        if (state === undefined || context.values.textOf(state.value) === undefined) return;
        context.report(call.node, { message: '`state` is the same for everyone.' });
      },
    },
    {
      on: 'call',
      of: ['github.com/gorilla/csrf.Secure'],
      check: (call, context) => {
        const [isOn] = call.args;
        if (isOn === undefined || context.values.constantsOf(isOn.value)[0] !== false) return;
        context.report(call.node, { message: 'The cookie against forged requests is sent unencrypted.' });
      },
    },
    {
      on: 'write',
      of: ['net/http.Cookie.SameSite', 'github.com/gorilla/sessions.Options.SameSite'],
      check: (write, context) => {
        if (!context.values.pathsOf(write.value).includes('net/http.SameSiteNoneMode')) return;
        context.report(write.node, { message: 'Browsers send this cookie along from every site.' });
      },
    },
  ],
};
