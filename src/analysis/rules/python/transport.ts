import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

export const transportRule: Rule = {
  id: 'PW-PY-TRANSPORT',
  title: 'Passwords travel unencrypted',
  category: 'tls-disabled',
  cwe: 319,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Everyone on the way reads the password and what comes after it.',
    remedy: 'Use SSH or SFTP, `ftplib.FTP_TLS`, `https://`.',
    bad: 'import telnetlib\n\nsession = telnetlib.Telnet("switch.example.com")',
    good: 'import ftplib\n\nsession = ftplib.FTP_TLS("files.example.com")',
  },
  watches: [
    misusedCalls(
      'telnetlib.Telnet telnetlib3.open_connection',
      () => 'Telnet sends everything unencrypted, passwords too.',
    ),
    misusedCalls(
      'ftplib.FTP',
      () => 'FTP sends everything unencrypted, passwords too; `ftplib.FTP_TLS` doesn’t.',
    ),
    misusedCalls(
      'requests.get requests.post requests.put requests.delete requests.patch requests.request requests.Session.get requests.Session.post httpx.get httpx.post',
      (call, { values }) => {
        const url = call.args.find(({ value }) => /^http:\/\//i.test(values.prefixOf(value)));
        if (
          url === undefined ||
          /^http:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\]|[\w-]+(?::\d+)?(?:\/|$))/i.test(
            values.patternOf(url.value),
          )
        ) {
          return undefined;
        }
        const auth = call.argument(undefined, 'auth');
        const data = call.argument(undefined, 'data') ?? call.argument(undefined, 'json');
        const hasPassword = [...(data?.value.fields?.keys() ?? [])].some(key =>
          /passw|secret|token|api_?key/i.test(key),
        );
        return auth !== undefined || hasPassword
          ? 'The password is sent unencrypted, over `http://`.'
          : undefined;
      },
    ),
  ],
};
