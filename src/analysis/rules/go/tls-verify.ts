import type { Rule } from '../rule.ts';
import { go } from './languages.ts';

/** Connections whose other end is not checked. */
export const tlsVerifyRule: Rule = {
  id: 'PW-GO-TLS-VERIFY',
  title: 'The other end of a connection is not checked',
  category: 'tls-disabled',
  cwe: 295,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Whoever sits between can say that they are the server, and read and change everything that is sent.',
    remedy:
      'Leave the check on; add a private authority’s certificate to `RootCAs`, a host’s key to `knownhosts`.',
    bad: 'import "crypto/tls"\n\nfunc config() *tls.Config {\n\treturn &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}\n}',
    good: 'import (\n\t"crypto/tls"\n\t"crypto/x509"\n)\n\nfunc config(pool *x509.CertPool) *tls.Config {\n\treturn &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}\n}',
  },
  watches: [
    {
      on: 'write',
      of: ['**.InsecureSkipVerify'],
      check: (write, context) => {
        if (context.values.constantsOf(write.value).includes(true)) {
          context.report(write.node, { message: 'Certificates are not checked.' });
        }
      },
    },
    {
      on: 'call',
      of: ['golang.org/x/crypto/ssh.InsecureIgnoreHostKey'],
      check: (call, context) => context.report(call.node, { message: 'The host’s key is not checked.' }),
    },
    {
      on: 'write',
      of: ['golang.org/x/crypto/ssh.ClientConfig.HostKeyCallback'],
      check: (write, context) => {
        const body = write.value.callable?.function.body;
        const [only] = body ?? [];
        const accepts =
          body?.length === 1 &&
          only?.kind === 'return' &&
          only.value?.kind === 'constant' &&
          only.value.value === undefined;
        if (accepts) context.report(write.node, { message: 'Every host key is accepted.' });
      },
    },
    {
      on: 'call',
      of: [
        'google.golang.org/grpc.WithInsecure',
        'google.golang.org/grpc/credentials/insecure.NewCredentials',
      ],
      check: (call, context) =>
        context.report(call.node, { message: 'This connection is not encrypted.', severity: 'warning' }),
    },
  ],
};
