import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const fileModeRule: Rule = {
  id: 'PW-JS-FILE-MODE',
  title: 'Everyone on the machine may write a file',
  category: 'other',
  cwe: 732,
  severity: 'warning',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Whatever else runs on the machine can change the file, and with it what this program does.',
    remedy: 'Give rights to the owner: 0o600 for files, 0o700 for folders.',
    bad: "require('fs').chmodSync(file, 0o777);",
    good: "require('fs').chmodSync(file, 0o600);",
  },
  watches: [
    {
      on: 'call',
      of: ['fs.chmod', 'fs.chmodSync', 'fs.fchmod', 'fs.fchmodSync', 'fs.lchmod'],
      check: (call, context) => judge(call, call.args[1]?.value, context),
    },
    {
      on: 'call',
      of: [
        'fs.mkdir',
        'fs.mkdirSync',
        'fs.writeFile',
        'fs.writeFileSync',
        'fs.open',
        'fs.openSync',
        'fs.createWriteStream',
        'fs.appendFile',
      ],
      check: (call, context) =>
        judge(
          call,
          call.option('mode') ?? (/^mkdir/.test(call.method) ? call.args[1]?.value : undefined),
          context,
        ),
    },
    {
      on: 'call',
      of: ['global.process.umask'],
      check: (call, context) => {
        if (call.args[0] && context.values.constantsOf(call.args[0].value)[0] === 0) {
          context.report(call.node, {
            message: 'With a mask of 0 everyone may write what is made from now on.',
          });
        }
      },
    },
  ],
};

function judge(
  call: CallEvent,
  value: CallEvent['args'][number]['value'] | undefined,
  context: RuleContext,
): void {
  const [given] = value === undefined ? [] : context.values.constantsOf(value);
  const mode = typeof given === 'string' ? Number.parseInt(given, 8) : given;
  if (typeof mode !== 'number' || (mode & 0o002) === 0) return;
  context.report(call.node, { message: `With ${mode.toString(8)} everyone on the machine may write here.` });
}
