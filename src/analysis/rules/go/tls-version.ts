import type { Abstract } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';
import { declarationAround } from './tainted.ts';

const OLD = /^crypto\/tls\.Version(?:SSL30|TLS10|TLS11)$/;
const WEAK = /^crypto\/tls\.TLS_(?:\w*(?:_RC4_|_3DES_|_NULL_)\w*|RSA_WITH_\w+|\w+_CBC_SHA(?:256)?)$/;

/** Connections that may be made by protocols and ciphers that are broken. */
export const tlsVersionRule: Rule = {
  id: 'PW-GO-TLS-VERSION',
  title: 'Old versions or ciphers of TLS are allowed',
  category: 'tls-disabled',
  cwe: 327,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Who sits between can make both ends use the oldest version they have, whose weaknesses are known.',
    remedy: 'Set `MinVersion` to `tls.VersionTLS12` or 13, and leave `CipherSuites` out.',
    bad: 'import "crypto/tls"\n\nfunc config() *tls.Config {\n\treturn &tls.Config{MinVersion: tls.VersionTLS10}\n}',
    good: 'import "crypto/tls"\n\nfunc config() *tls.Config {\n\treturn &tls.Config{MinVersion: tls.VersionTLS12}\n}',
  },
  watches: [
    {
      on: 'write',
      of: ['crypto/tls.Config.MinVersion', 'crypto/tls.Config.MaxVersion'],
      check: (write, context) => {
        if (!isOld(write.value, context)) return;
        context.report(write.node, { message: 'Versions of TLS that are broken are allowed.' });
      },
    },
    {
      on: 'write',
      of: ['crypto/tls.Config.CipherSuites'],
      check: (write, context) => {
        const items = context.values.elements(write.value);
        if (!items.some(item => context.values.pathsOf(item).some(path => WEAK.test(path)))) return;
        context.report(write.node, { message: 'Ciphers that are weak are allowed.' });
      },
    },
    {
      on: 'call',
      of: ['crypto/tls.Config'],
      check: (call, context) => {
        // One that is empty is filled in elsewhere.
        if (!call.isNew || !call.args[0]?.value.fields?.size || call.option('MinVersion') !== undefined)
          return;
        // Unchecked connections have a worse finding of their own.
        if (context.values.constantsOf(call.option('InsecureSkipVerify') ?? {}).includes(true)) return;
        const around = declarationAround(call.node);
        if (around !== undefined && /\bMinVersion\b/.test(context.textOf(around))) return;
        context.report(call.node, {
          message: 'Without `MinVersion` servers built by older versions of Go accept TLS 1.0.',
          severity: 'info',
        });
      },
    },
  ],
};

function isOld(value: Abstract, { values }: RuleContext): boolean {
  if (values.pathsOf(value).some(path => OLD.test(path))) return true;
  const [number] = values.constantsOf(value);
  return typeof number === 'number' && number > 0 && number < 0x0303;
}
