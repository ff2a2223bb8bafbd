import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

const SENSITIVE =
  /(?:^|\/)(?:\.ssh\/(?:id_\w+|identity)$|\.aws\/credentials|\.netrc$|\.git-credentials$|\.npmrc$|\.pypirc$|\.docker\/config\.json|\.kube\/config$|\.gnupg\/|\.config\/gcloud\/|etc\/(?:shadow|gshadow|sudoers)$|proc\/(?:self|\d+|\*)\/environ$|wallet\.dat$|Login Data$|Cookies$|logins\.json$|key4\.db$|\.mozilla\/|\.bash_history$|\.zsh_history$|\.password-store\/|Local State$|id_rsa$)/;

export const sensitiveFileRule: Rule = {
  id: 'PW-RS-SENSITIVE-FILE',
  title: 'A file that holds secrets of the user is read',
  category: 'exfiltration',
  cwe: 552,
  severity: 'error',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Keys, passwords and cookies of the user are none of a plugin’s business; this is how they are stolen.',
    remedy: 'Ask the host for what the task needs; never read such files.',
    bad: `fn keys() {
    let key = std::fs::read_to_string("/home/user/.ssh/id_rsa");
}`,
    good: `fn keys() {
    let settings = std::fs::read_to_string("settings.toml");
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        'std.fs.read std.fs.read_to_string std.fs.File.open std.fs.copy std.fs.read_dir std.fs.OpenOptions.open rusqlite.Connection.open',
      ),
      check: (call, context) => {
        const path = context.values.patternOf(call.args[0]?.value ?? {});
        const found = SENSITIVE.exec(path.replaceAll('\\', '/'))?.[0];
        if (found === undefined) return;
        context.report(call.node, { message: `\`${found.replace(/^\//, '')}\` holds secrets of the user.` });
      },
    },
  ],
};
