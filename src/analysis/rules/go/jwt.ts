import type { Rule } from '../rule.ts';
import { go } from './languages.ts';

const jwt = 'github.com/golang-jwt/jwt';

/** Tokens whose signature nobody checks. */
export const jwtRule: Rule = {
  id: 'PW-GO-JWT',
  title: 'A token is believed without its signature',
  category: 'weak-crypto',
  cwe: 347,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Anybody can write a token without a signature, with whatever name and rights they like in it.',
    remedy: 'Read tokens with `jwt.Parse` and name the method that is allowed: `jwt.WithValidMethods`.',
    bad: 'import "github.com/golang-jwt/jwt/v5"\n\nfunc read(text string) {\n\tjwt.NewParser().ParseUnverified(text, jwt.MapClaims{})\n}',
    good: 'import "github.com/golang-jwt/jwt/v5"\n\nfunc read(text string, key []byte) {\n\tjwt.Parse(text, func(t *jwt.Token) (any, error) { return key, nil }, jwt.WithValidMethods([]string{"HS256"}))\n}',
  },
  watches: [
    {
      on: 'call',
      of: ['**.ParseUnverified', '**.UnsafeClaimsWithoutVerification'],
      check: (call, context) =>
        context.report(call.node, {
          message: 'This reads a token without checking its signature.',
          severity: 'warning',
        }),
    },
    {
      on: 'call',
      of: ['github.com/lestrrat-go/jwx/jwt.ParseInsecure'],
      check: (call, context) =>
        context.report(call.node, {
          message: 'This reads a token without checking its signature.',
          severity: 'warning',
        }),
    },
    {
      on: 'read',
      of: [`${jwt}.UnsafeAllowNoneSignatureType`, `${jwt}.SigningMethodNone`],
      check: (read, context) =>
        context.report(read.node, { message: 'Tokens without a signature are accepted, or made.' }),
    },
  ],
};
