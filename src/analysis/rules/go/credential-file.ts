import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';

const FILES =
  /(?:\/etc\/(?:shadow|gshadow|sudoers)\b|\.ssh\/(?:id_\w+|authorized_keys)|\.aws\/credentials|\.netrc$|\.docker\/config\.json|\.kube\/config$|\.npmrc$|\.pypirc$|\.git-credentials|\.gnupg\/|Login Data$|cookies\.sqlite|\/proc\/(?:\d+|self|\*)\/environ|\.bash_history|wallet\.dat)/;

/** Files in which people and programs keep their keys. */
export const credentialFileRule = sinkRule({
  id: 'PW-GO-CREDENTIAL-FILE',
  title: 'A file with somebody’s keys is opened',
  category: 'exfiltration',
  cwe: 522,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'Keys of other programs and services are in this file; a plugin has no use for them but its author’s.',
    remedy: 'Ask for what is needed in the plugin’s own configuration.',
    bad: 'import "os"\n\nfunc steal() ([]byte, error) {\n\treturn os.ReadFile("/root/.ssh/id_rsa")\n}',
    good: 'import "os"\n\nfunc read() ([]byte, error) {\n\treturn os.ReadFile("config.json")\n}',
  },
  does: 'Keys of people or other programs are kept in this file',
  sinks: [
    {
      call: ['os.Open', 'os.ReadFile', 'os.OpenFile', 'io/ioutil.ReadFile'],
      from: 'always',
      when: (_event, value, { values }) => FILES.test(values.patternOf(value)),
    },
  ],
});
