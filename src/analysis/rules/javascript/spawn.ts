import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';
import { asksForShell, STARTERS, startsShell } from './shell-command.ts';

export const spawnRule: Rule = {
  id: 'PW-JS-SPAWN',
  title: 'Another program is started',
  category: 'command-injection',
  cwe: 77,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'The started program has the permissions of the plugin; when its name is computed, whoever influences it chooses what runs.',
    remedy:
      'Name the program as a constant, check the arguments, and ask for the process capability in the manifest.',
    bad: "require('child_process').spawn(settings.tool, [file]);",
    good: "context.tools.run('ffmpeg', ['-i', file]);",
  },
  watches: [
    {
      on: 'call',
      of: STARTERS,
      check: (call, context) => {
        // A shell has a rule of its own.
        if (!asksForShell(call) && !startsShell(call, context)) judge(call, context);
      },
    },
  ],
};

/** Programs that run what their arguments say, so that one argument is as good as a command. */
const RUNS_ARGUMENTS =
  /^(?:git|hg|svn|ssh|find|tar|rsync|curl|wget|env|xargs|sudo|node|python3?|perl|ruby|php)$/;

function judge(call: CallEvent, context: RuleContext): void {
  const { values } = context;
  const program = call.args[0];
  if (program === undefined) return;
  const taint = values.taintOf(program.value, 'command-injection');
  const name = values.textOf(program.value);
  if (taint !== undefined) {
    context.report(call.node, {
      message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} says which program \`${call.method}\` starts.`,
      severity: taint.level === 'user' ? 'error' : taint.level === 'local' ? 'warning' : 'info',
      taint,
    });
    return;
  }
  const list = call.args[1];
  const ofList = list && values.taintOf(list.value, 'command-injection');
  if (ofList?.level === 'user' && typeof name === 'string' && RUNS_ARGUMENTS.test(name)) {
    const separated = values.elements(list?.value ?? {}).some(one => values.textOf(one) === '--');
    if (!separated) {
      context.report(call.node, {
        message: `${ofList.source.charAt(0).toUpperCase()}${ofList.source.slice(1)} becomes an argument of \`${name}\`, which can be an option of it.`,
        severity: 'warning',
        taint: ofList,
      });
      return;
    }
  }
  if (values.isFixed(program.value) || values.isHarmless(program.value)) {
    context.report(call.node, {
      message: `\`${call.method}\` starts \`${name ?? values.patternOf(program.value)}\`.`,
      severity: 'info',
    });
    return;
  }
  if (values.pathsOf(program.value).includes('global.process.execPath')) return;
  context.report(call.node, {
    message: `\`${call.method}\` starts a program whose name is not a constant.`,
    severity: 'info',
  });
}
