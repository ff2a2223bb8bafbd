import type { Watch } from '../rule.ts';
import { calls } from './languages.ts';

/** What switches checks off other than by an argument. */
export const tlsWatches: readonly Watch[] = [
  {
    // Without an argument there is nothing for the table to look at.
    on: 'call',
    of: calls('**.dangerous **.no_certificate_verification **.disable_certificate_verification'),
    check: (call, context) => {
      if (call.args.length > 0 || call.receiver === undefined) return;
      // What is then set has a report of its own, for the whole chain.
      const after = context.text.slice(call.node.end, call.node.end + 80);
      if (!/^\s*\.\s*(?:set|with_custom)_certificate_verifier/.test(after)) {
        context.report(call.node, {
          message: `Certificates are checked by code of one’s own (\`${call.method}\`).`,
        });
      }
    },
  },
  {
    on: 'call',
    of: calls(
      '**.min_protocol_version **.set_min_proto_version **.min_tls_version **.ssl_version **.set_min_tls_version',
    ),
    check: (call, context) => {
      const text = context.textOf(call.args[0]?.node ?? call.node);
      if (!/\b(?:SSL_?V?[23]|SSL3|Ssl[vV]?[23]|TLS_?V?1(?:_?[01])?|Tlsv1[01]?|TLSv1|Tlsv1)\b/.test(text))
        return;
      context.report(call.node, {
        message: 'Versions of TLS that can be broken are accepted.',
        severity: 'warning',
      });
    },
  },
  {
    on: 'node',
    of: ['function_item'],
    check: (node, context) => {
      const name = node.child('name');
      const body = node.child('body');
      if (name === undefined || body === undefined) return;
      const what = context.textOf(name);
      if (!/^(?:check_server_key|verify_server_cert|verify_tls1[23]_signature)$/.test(what)) return;
      const text = context.textOf(body).replace(/\/\/.*/g, '');
      const passesAll =
        what === 'check_server_key'
          ? /^\{\s*(?:async\s+move\s*\{\s*)?(?:return\s+)?Ok\(\s*(?:\(?\s*self\s*,\s*)?true\s*\)?\s*\)\s*;?\s*\}?\s*\}$/.test(
              text,
            )
          : what === 'verify_server_cert' &&
            /^\{\s*(?:return\s+)?Ok\(\s*[\w:]*ServerCertVerified::assertion\(\)\s*\)\s*;?\s*\}$/.test(text);
      if (!passesAll) return;
      context.report(node, {
        message: `\`${what}\` lets every ${what === 'check_server_key' ? 'host key' : 'certificate'} pass.`,
      });
    },
  },
];
