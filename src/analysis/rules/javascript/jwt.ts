import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const jwtRule: Rule = {
  id: 'PW-JS-JWT',
  title: 'A token is taken as it comes',
  category: 'weak-crypto',
  cwe: 347,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'A token whose signature nobody checks says whatever its sender wants: that he is an administrator, for example.',
    remedy: 'Use `verify` with a key and the algorithms you expect, and let expired tokens be refused.',
    bad: "require('jsonwebtoken').verify(token, key, { algorithms: ['none'] });",
    good: "require('jsonwebtoken').verify(token, key, { algorithms: ['RS256'] });",
  },
  watches: [
    {
      on: 'call',
      of: [
        'jsonwebtoken.verify',
        'jsonwebtoken.sign',
        'express-jwt',
        'express-jwt.expressjwt',
        'jose.jwtVerify',
        'koa-jwt',
      ],
      check: checkOptions,
    },
    {
      on: 'call',
      of: [
        'jsonwebtoken.decode',
        'jose.decodeJwt',
        'jwt-decode',
        'jwt-decode.jwtDecode',
        'jose.UnsecuredJWT.decode',
      ],
      check: (call, context) => {
        // Looking into a token before it is verified is how a key is chosen.
        if (/\bverify\w*\s*\(|jwtVerify|\bheader\b|complete:\s*true/i.test(context.text)) return;
        const isBrowser = call.paths.some(path => path.startsWith('jwt-decode'));
        if (isBrowser) return;
        context.report(call.node, {
          message: `\`${call.method}\` reads a token without checking its signature.`,
          severity: 'warning',
        });
      },
    },
    {
      on: 'call',
      of: ['jwt-simple.decode'],
      check: (call, context) => {
        if (call.args[2] !== undefined && context.values.constantsOf(call.args[2].value)[0] === true) {
          context.report(call.node, { message: 'The token’s signature is not checked.' });
        }
      },
    },
  ],
};

function checkOptions(call: CallEvent, context: RuleContext): void {
  const { values } = context;
  const algorithms = [call.option('algorithms'), call.option('algorithm')].flatMap(one =>
    one === undefined ? [] : [one, ...values.elements(one)],
  );
  if (algorithms.some(one => values.constantsOf(one).some(name => String(name).toLowerCase() === 'none'))) {
    context.report(call.node, { message: 'The algorithm `none` lets tokens without a signature through.' });
    return;
  }
  const expiry = call.option('ignoreExpiration');
  if (expiry !== undefined && values.constantsOf(expiry)[0] === true) {
    context.report(call.node, { message: 'Expired tokens are taken too.', severity: 'warning' });
    return;
  }
  const key = call.method === 'verify' ? call.args[1] : undefined;
  if (key === undefined) return;
  const [given, ...more] = values.constantsOf(key.value);
  if (
    more.length === 0 &&
    (given === '' || given === null || given === false) &&
    /^(?:''|""|null|false)$/.test(context.textOf(key.node))
  ) {
    context.report(call.node, { message: 'Without a key tokens without a signature are taken too.' });
  }
}
