import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';

/** Mails with text of others in them. */
export const mailRule = sinkRule({
  id: 'PW-GO-MAIL',
  title: 'Others write into a mail that this program sends',
  category: 'other',
  cwe: 93,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'A line break in the text begins a header or a body of their own: your server sends their mail to whom they like.',
    remedy: 'Take line breaks out, and write mails with a library that encodes headers.',
    bad: 'import (\n\t"net/http"\n\t"net/smtp"\n)\n\nfunc send(r *http.Request, to []string) {\n\tsmtp.SendMail("localhost:25", nil, "app@example.com", to, []byte("Subject: "+r.FormValue("subject")))\n}',
    good: 'import "net/smtp"\n\nfunc send(to []string) {\n\tsmtp.SendMail("localhost:25", nil, "app@example.com", to, []byte("Subject: Welcome"))\n}',
  },
  does: 'is written into a mail as it is',
  sinks: [{ call: 'net/smtp.SendMail', argument: 4, from: 'user' }],
});
