import type { Rule } from '../rule.ts';
import { isOff, misusedCalls, misusedWrites, python } from './misuse.ts';

export const cookieRule: Rule = {
  id: 'PW-PY-COOKIE',
  title: 'A cookie can be read or sent where it should not',
  category: 'xss',
  cwe: 614,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Scripts in the page read the cookie, or it is sent unencrypted, and whoever has it is logged in.',
    remedy: 'Set it with `secure=True, httponly=True, samesite="Lax"`.',
    bad: 'from flask import make_response\n\ndef login():\n    response = make_response("ok")\n    response.set_cookie("session", "x")\n    return response',
    good: 'from flask import make_response\n\ndef login():\n    response = make_response("ok")\n    response.set_cookie("session", "x", secure=True, httponly=True, samesite="Lax")\n    return response',
  },
  watches: [
    misusedCalls('**.set_cookie', (call, context) => {
      if (call.hasSpread || call.args.length < 2) return undefined;
      const secure = call.argument(undefined, 'secure');
      const httponly = call.argument(undefined, 'httponly');
      const off = [secure, httponly].some(one => one !== undefined && isOff(one.value, context));
      return off ||
        (secure === undefined && httponly === undefined) ||
        (secure === undefined) !== (httponly === undefined)
        ? 'The cookie is not kept from scripts and from unencrypted connections.'
        : undefined;
    }),
    misusedWrites(
      '**.SESSION_COOKIE_SECURE **.SESSION_COOKIE_HTTPONLY **.REMEMBER_COOKIE_SECURE **.REMEMBER_COOKIE_HTTPONLY',
      ({ value }, context) =>
        isOff(value, context)
          ? 'The session’s cookie is not kept from scripts or from unencrypted connections.'
          : undefined,
    ),
    {
      on: 'node',
      of: ['assignment'],
      check: (node, context) => {
        const left = node.child('left');
        if (left?.type !== 'identifier' || node.child('right')?.type !== 'false') return;
        if (!/^(?:SESSION|CSRF|REMEMBER)_COOKIE_(?:SECURE|HTTPONLY)$/.test(context.textOf(left))) return;
        context.report(node, {
          message: 'The session’s cookie is not kept from scripts or from unencrypted connections.',
        });
      },
    },
  ],
};
