import { sinkRule } from '../sink-rule.ts';
import { is, isNot } from './constants.ts';
import { calls, rust } from './languages.ts';
import { tlsWatches } from './tls-watches.ts';

export const tlsOffRule = sinkRule({
  id: 'PW-RS-TLS-OFF',
  title: 'Certificates or host keys are not checked',
  category: 'tls-disabled',
  cwe: 295,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'Anyone on the way can pose as the server, read what is sent and change what comes back.',
    remedy: 'Leave the checks on; add the certificate of a private authority with `add_root_certificate`.',
    bad: `fn client() -> reqwest::Client {
    reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()
}`,
    good: `fn client(authority: reqwest::Certificate) -> reqwest::Client {
    reqwest::Client::builder().add_root_certificate(authority).build().unwrap()
}`,
  },
  does: 'The other side’s certificate is not checked',
  sinks: [
    {
      call: calls(
        '**.danger_accept_invalid_certs **.danger_accept_invalid_hostnames **.accept_invalid_certs **.accept_invalid_hostnames **.disable_verification **.tls_danger_accept_invalid_certs **.danger_accept_invalid_certificates **.allow_invalid_certificates **.set_accept_invalid_certs **.insecure_skip_verify **.tls_insecure',
      ),
      from: 'always',
      when: isNot(false),
    },
    {
      call: calls(
        '**.set_verify_hostname **.verify_hostname **.use_server_name_indication **.ssl_verify_peer **.ssl_verify_host **.proxy_ssl_verify_peer **.set_certificate_verification **.verify_peer **.tls_verify **.ssl_verify **.tls_hostname_verification **.doh_ssl_verify_peer',
      ),
      from: 'always',
      when: is(false),
    },
    {
      call: calls('**.set_verify **.set_verify_callback **.set_custom_verify_callback'),
      from: 'always',
      when: (_event, value, { values }) =>
        values.pathsOf(value).some(path => path.endsWith('SslVerifyMode.NONE')),
    },
    {
      call: calls(
        '**.set_certificate_verifier **.with_custom_certificate_verifier **.dangerous rustls.client.DangerousClientConfig',
      ),
      argument: 'any',
      from: 'always',
      does: 'Certificates are checked by code of one’s own',
    },
    {
      call: calls('**.ssl_options isahc.config.SslOption.DANGER_ACCEPT_INVALID_CERTS'),
      from: 'always',
      when: (_event, _value, _context) => true,
      does: 'The other side’s certificate may not be checked',
      severity: 'warning',
    },
    {
      call: calls(
        'lettre.SmtpTransport.builder_dangerous lettre.AsyncSmtpTransport.builder_dangerous lettre.transport.smtp.SmtpTransport.builder_dangerous **.builder_dangerous',
      ),
      from: 'always',
      when: (_event, value, { values }) => !/^(?:localhost|127\.0\.0\.1|::1)$/.test(values.patternOf(value)),
      does: 'Mail and password go over the net without encryption',
    },
  ],
  watches: tlsWatches,
});
