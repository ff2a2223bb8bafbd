import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';
import { isWrittenFalse, isWrittenTrue, keyAndValue } from './syntax.ts';

/** Options that check certificates unless they are off. */
const ON = new Set([
  'rejectUnauthorized',
  'strictSSL',
  'strictSsl',
  'verifyCertificate',
  'sslValidate',
  'tlsCheckServerIdentity',
]);
/** Options that switch the check off when they are on. */
const OFF = new Set([
  'ignoreHTTPSErrors',
  'insecureHTTPParser',
  'tlsInsecure',
  'tlsAllowInvalidCertificates',
  'tlsAllowInvalidHostnames',
  'sslAllowInvalidCertificates',
  'acceptInsecureCerts',
  'trustAllCertificates',
  'allowInsecureCertificates',
]);
const WEAK_VERSION = /^(?:SSLv2|SSLv3|TLSv1|TLSv1_1|TLSv1\.0|TLSv1\.1)(?:_(?:client_|server_)?method)?$/;

export const tlsOffRule: Rule = {
  id: 'PW-JS-TLS-OFF',
  title: 'Certificates are not checked',
  category: 'tls-disabled',
  cwe: 295,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Anyone on the way can pose as the server, read what is sent and change what comes back.',
    remedy: 'Leave the check on; for a private authority give its certificate as `ca`.',
    bad: "require('https').get(url, { rejectUnauthorized: false });",
    good: "require('https').get(url, { ca: companyCertificate });",
  },
  watches: [
    { on: 'node', of: ['pair', 'assignment_expression'], check: checkOption },
    {
      on: 'text',
      check: ({ node, value }, context) => {
        if (/^(?:--)?ignore-certificate-errors$|StrictHostKeyChecking[= ]no\b|^--insecure$/.test(value)) {
          context.report(node, { message: `\`${value}\` switches certificate checks off.` });
        }
      },
    },
    {
      on: 'call',
      of: ['**.setCertificateVerifyProc'],
      check: (call, context) => {
        if (/\(\s*0\s*\)/.test(context.textOf(call.node))) {
          context.report(call.node, { message: 'Every certificate is accepted here.' });
        }
      },
    },
  ],
};

function checkOption(node: SyntaxNode, context: RuleContext): void {
  const found = keyAndValue(node, context.textOf);
  if (found === undefined) return;
  const { key, value } = found;
  const size = value.end - value.start;
  if (size > 200) return;
  if (key === 'NODE_TLS_REJECT_UNAUTHORIZED') {
    if (/^(?:['"`]?0['"`]?|false)$/.test(context.textOf(value))) {
      context.report(node, { message: `\`${key}\` switches certificate checks off for the whole process.` });
    }
  } else if (ON.has(key)) {
    const text = context.textOf(value);
    if (!isWrittenFalse(text)) return;
    context.report(node, {
      message: `\`${key}: ${text}\` switches certificate checks off.`,
      fix: context.replace(value, 'true', 'Check certificates'),
    });
  } else if (OFF.has(key)) {
    if (isWrittenTrue(context.textOf(value))) {
      const isBrowser = key === 'ignoreHTTPSErrors' || key === 'acceptInsecureCerts';
      context.report(node, {
        message: `\`${key}\` switches certificate checks off.`,
        severity: isBrowser ? 'warning' : undefined,
      });
    }
  } else if (key === 'checkServerIdentity' || key === 'hostVerifier' || key === 'checkServerCertificate') {
    if (
      /^(?:async\s*)?(?:\(?[\w\s,]*\)?\s*=>\s*(?:\{\s*(?:return(?:\s+(?:undefined|null|true))?;?)?\s*\}|undefined|null|true)|function\s*\w*\([\w\s,]*\)\s*\{\s*(?:return(?:\s+(?:undefined|null|true))?;?)?\s*\})$/.test(
        context.textOf(value),
      )
    ) {
      context.report(node, { message: `\`${key}\` takes every server for the right one.` });
    }
  } else if (/^(?:minVersion|maxVersion|secureProtocol|DEFAULT_MIN_VERSION)$/.test(key)) {
    const text = context.textOf(value).replace(/^['"`]|['"`]$/g, '');
    if (WEAK_VERSION.test(text)) {
      context.report(node, {
        message: `\`${text}\` can be broken by whoever is on the way.`,
        severity: 'warning',
      });
    }
  }
}
