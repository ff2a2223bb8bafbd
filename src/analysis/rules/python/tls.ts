import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { isOff, isOn, lastPart, misusedCalls, misusedWrites, only, python } from './misuse.ts';

const verbs = 'get post put delete patch head options request stream'.split(' ');
const clients = [
  ...['requests', 'requests.Session', 'httpx', 'httpx.Client'].flatMap(one =>
    verbs.map(verb => `${one}.${verb}`),
  ),
  'httpx.Client',
  'boto3.client',
  'boto3.resource',
  'boto3.Session.client',
  'boto3.session.Session.client',
  'hvac.Client',
  'consul.Consul',
  '?.get',
  '?.post',
  '?.put',
  '?.delete',
  '?.patch',
  '?.request',
];
const NO_CHECK =
  'The server’s certificate is not checked: anyone on the way can read and change what is sent.';
const OLD = 'This version of TLS is broken; use `ssl.PROTOCOL_TLS_CLIENT` or `create_default_context`.';

export const tlsRule: Rule = {
  id: 'PW-PY-TLS',
  title: 'The other side of an encrypted connection is not checked',
  category: 'tls-disabled',
  cwe: 295,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Anyone on the way can pretend to be the server, read passwords and change answers.',
    remedy: 'Leave the checks on; for a private authority hand over its certificate (`verify="ca.pem"`).',
    bad: 'import requests\n\nrequests.get("https://example.com", verify=False)',
    good: 'import requests\n\nrequests.get("https://example.com", verify="ca.pem", timeout=5)',
  },
  watches: [
    misusedCalls(clients, (call, context) => {
      const verify = named(call, 'verify') ?? named(call, 'use_ssl');
      return verify && isOff(verify, context) && only(verify, context) !== undefined ? NO_CHECK : undefined;
    }),
    misusedCalls('ssl._create_unverified_context', () => NO_CHECK),
    misusedCalls('ssl.wrap_socket', (call, context) => {
      const required = named(call, 'cert_reqs');
      const isChecked =
        required && context.values.pathsOf(required).some(path => /CERT_(?:REQUIRED|OPTIONAL)$/.test(path));
      return isChecked ? undefined : NO_CHECK;
    }),
    misusedCalls(
      'ssl.SSLContext ssl.wrap_socket ssl.get_server_certificate OpenSSL.SSL.Context',
      (call, { values }) => {
        const version = call.argument(
          lastPart(call) === 'SSLContext' || lastPart(call) === 'Context' ? 0 : undefined,
          lastPart(call) === 'SSLContext' ? 'protocol' : 'ssl_version',
        );
        const isOld =
          version &&
          values
            .pathsOf(version.value)
            .some(
              path =>
                /(?:SSLv2|SSLv3|SSLv23|TLSv1|TLSv1_1)(?:_METHOD)?$/.test(path) &&
                !/SSLv23(?:_METHOD)?$/.test(path),
            );
        return isOld ? { message: OLD, severity: 'warning' } : undefined;
      },
    ),
    misusedWrites('**.verify_mode', ({ value }, { values }) =>
      values.pathsOf(value).includes('ssl.CERT_NONE') ? NO_CHECK : undefined,
    ),
    misusedWrites('**.check_hostname', ({ value }, context) =>
      isOff(value, context) ? 'The server’s name is not checked against its certificate.' : undefined,
    ),
    misusedWrites('requests.Session.verify ?.verify httpx.Client.verify', ({ value, object }, context) => {
      const isSession = context.values.pathsOf(object).includes('requests.Session');
      return only(value, context) === false && (isSession || context.values.pathsOf(object).length === 0)
        ? NO_CHECK
        : undefined;
    }),
    misusedWrites('ssl._create_default_https_context', ({ value }, { values }) =>
      values.pathsOf(value).includes('ssl._create_unverified_context') ? NO_CHECK : undefined,
    ),
    misusedWrites(
      'os.environ.PYTHONHTTPSVERIFY os.environ.CURL_CA_BUNDLE os.environ.REQUESTS_CA_BUNDLE',
      ({ value }, { values }) => (/^0?$/.test(values.textOf(value) ?? 'set') ? NO_CHECK : undefined),
    ),
    misusedCalls(
      'aiohttp.TCPConnector aiohttp.ClientSession.get aiohttp.ClientSession.post aiohttp.ClientSession.request aiohttp.ClientSession.put aiohttp.ClientSession.delete aiohttp.ClientSession.ws_connect',
      (call, context) => {
        const setting = named(call, 'ssl') ?? named(call, 'verify_ssl') ?? named(call, 'ssl_context');
        return setting && only(setting, context) === false ? NO_CHECK : undefined;
      },
    ),
    misusedCalls(
      'paramiko.SSHClient.set_missing_host_key_policy ?.set_missing_host_key_policy',
      (call, { values }) => {
        const [policy] = call.args;
        const isOpen =
          policy &&
          values.pathsOf(policy.value).some(path => /(?:AutoAdd|Warning)Policy(?:\(\))?$/.test(path));
        return isOpen
          ? 'Any host key is accepted: anyone on the way can pretend to be the server.'
          : undefined;
      },
    ),
    misusedCalls('asyncssh.connect', call => {
      const known = call.args.find(one => one.name === 'known_hosts');
      return known && known.value.constants?.length === 1 && known.value.constants[0] == null
        ? 'Any host key is accepted: anyone on the way can pretend to be the server.'
        : undefined;
    }),
    misusedCalls(
      'urllib3.PoolManager urllib3.HTTPSConnectionPool urllib3.connection_from_url pymongo.MongoClient elasticsearch.Elasticsearch opensearchpy.OpenSearch redis.Redis ldap3.Tls mysql.connector.connect kafka.KafkaProducer kafka.KafkaConsumer',
      settingsOff,
    ),
    misusedCalls('ldap.set_option ldap.LDAPObject.set_option', (call, { values }) =>
      call.args.some(one => values.pathsOf(one.value).some(path => /OPT_X_TLS_(?:NEVER|ALLOW)$/.test(path)))
        ? NO_CHECK
        : undefined,
    ),
    misusedCalls('pycurl.Curl.setopt ?.setopt', (call, context) => {
      const [option, value] = call.args;
      const name =
        option && context.values.pathsOf(option.value).find(path => /SSL_VERIFY(?:PEER|HOST)$/.test(path));
      return name && value && isOff(value.value, context) ? NO_CHECK : undefined;
    }),
    misusedCalls('requests.packages.urllib3.disable_warnings urllib3.disable_warnings', () => ({
      message: 'Warnings about certificates that are not checked are silenced.',
      severity: 'info',
    })),
  ],
};

function named(call: CallEvent, name: string): CallEvent['args'][number]['value'] | undefined {
  return call.args.find(one => one.name === name)?.value;
}

function settingsOff(call: CallEvent, context: RuleContext): string | undefined {
  const { values } = context;
  const required = named(call, 'cert_reqs') ?? named(call, 'ssl_cert_reqs') ?? named(call, 'validate');
  if (required) {
    const text = values.textOf(required);
    if (text !== undefined && /none/i.test(text)) return NO_CHECK;
    if (values.pathsOf(required).includes('ssl.CERT_NONE')) return NO_CHECK;
  }
  for (const name of [
    'verify_certs',
    'ssl_assert_hostname',
    'assert_hostname',
    'ssl_verify_cert',
    'ssl_check_hostname',
  ]) {
    const setting = named(call, name);
    if (setting && only(setting, context) === false) return NO_CHECK;
  }
  for (const name of [
    'tlsAllowInvalidCertificates',
    'tlsInsecure',
    'tlsAllowInvalidHostnames',
    'ssl_disabled',
  ]) {
    const setting = named(call, name);
    if (setting && isOn(setting, context)) return NO_CHECK;
  }
  return undefined;
}
