import type { Abstract, CallEvent, Values, WriteEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { python } from './misuse.ts';

const starters = [
  'subprocess.run',
  'subprocess.call',
  'subprocess.check_call',
  'subprocess.check_output',
  'subprocess.Popen',
];
const direct = [
  ...starters,
  'asyncio.create_subprocess_exec',
  'os.execv',
  'os.execve',
  'os.execvp',
  'os.execvpe',
  'os.execl',
  'os.execle',
  'os.execlp',
  'os.execlpe',
  'os.posix_spawn',
  'os.posix_spawnp',
  'os.startfile',
  'pty.spawn',
  'pexpect.spawn',
];

export const shellRule = sinkRule({
  id: 'PW-PY-SHELL',
  title: 'A command line is run by a shell',
  category: 'command-injection',
  cwe: 78,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'A shell reads `;`, `$(…)`, `|` and quotes in the text: a file name or an answer from the network becomes another command.',
    remedy:
      'Use `subprocess.run` with a list and without `shell=True`; where a shell is needed, `shlex.quote` what is not fixed.',
    bad: 'import os\n\ndef log(branch):\n    os.system("git log " + branch)',
    good: 'import subprocess\n\ndef log(branch):\n    subprocess.run(["git", "log", "--", branch], check=True)',
  },
  does: 'is run by a shell',
  sinks: [
    {
      call: [
        'os.system',
        'os.popen',
        'os.popen2',
        'os.popen3',
        'os.popen4',
        'popen2.popen2',
        'popen2.popen3',
        'popen2.popen4',
        'popen2.Popen3',
        'commands.getoutput',
        'commands.getstatusoutput',
        'subprocess.getoutput',
        'subprocess.getstatusoutput',
        'asyncio.create_subprocess_shell',
        'pexpect.run',
        'pexpect.runu',
        'platform.popen',
      ],
      argument: [0, 'cmd'],
      from: 'dynamic',
    },
    { call: starters, argument: [0, 'args'], from: 'dynamic', when: asksForShell },
    {
      call: ['?.subprocess_shell', 'asyncio.get_event_loop().subprocess_shell'],
      argument: 1,
      from: 'dynamic',
    },
    {
      call: direct,
      argument: [0, 'args'],
      from: 'dynamic',
      when: (event, value, { values }) => isInterpreter(value, values) && !asksForShell(event, value),
    },
    {
      call: direct,
      argument: [0, 'args'],
      from: 'user',
      does: 'chooses the program that is started',
      when: (event, value, { values }) =>
        !asksForShell(event, value) && !isInterpreter(value, values) && choosesProgram(value, values),
    },
    {
      call: ['os.spawnl', 'os.spawnle', 'os.spawnlp', 'os.spawnv', 'os.spawnve', 'os.spawnvp'],
      argument: 1,
      from: 'user',
    },
    {
      call: [
        'paramiko.SSHClient.exec_command',
        'paramiko.Channel.exec_command',
        '?.exec_command',
        '**.exec_command',
      ],
      from: 'dynamic',
      does: 'is run by a shell on another machine',
    },
    {
      call: [
        'fabric.Connection.run',
        'fabric.Connection.sudo',
        'fabric.Connection.local',
        'fabric.api.run',
        'fabric.api.sudo',
        'fabric.api.local',
        'invoke.run',
        'invoke.Context.run',
        'invoke.context.Context.run',
        'asyncssh.SSHClientConnection.run',
        'docker.from_env().containers.run',
        'plumbum.cmd.bash',
        'sh.bash',
        'sh.sh',
      ],
      argument: [0, 'command'],
      from: 'built',
    },
    {
      call: ['os.execl', 'os.execle', 'os.execlp', 'os.execlpe', 'os.spawnl', 'os.spawnlp', 'os.spawnle'],
      argument: 'any',
      from: 'user',
      when: (event, value, { values }) =>
        // `execl("/bin/sh", "sh", "-c", text)`
        'args' in event &&
        event.args.some(one => values.textOf(one.value) === '-c') &&
        event.args[0]?.value !== value,
    },
    { call: '?.exec_run', from: 'built' },
  ],
});

function asksForShell(event: CallEvent | WriteEvent, _value?: Abstract, context?: RuleContext): boolean {
  if (!('args' in event)) return false;
  const shell = event.args.find(({ name }) => name === 'shell')?.value ?? event.option('shell');
  if (shell === undefined) return false;
  const constants = context?.values.constantsOf(shell) ?? shell.constants ?? [];
  return constants.some(one => Boolean(one));
}

/** `["sh", "-c", text]` and `["python", "-c", text]`, whose text is a program. */
function isInterpreter(list: Abstract, values: Values): boolean {
  const [program, flag, text] = values.elements(list);
  if (program === undefined || flag === undefined || text === undefined) return false;
  const name = values.textOf(program) ?? values.pathsOf(program)[0] ?? '';
  if (
    !/(?:^|[\\/.])(?:(?:ba|z|da|k|a|fi)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh|python[\d.]*|perl|ruby|node|sys\.executable|executable)$/i.test(
      name,
    )
  ) {
    return false;
  }
  if (!/^(?:-\w*[ce]|\/c|-Command|--eval)$/i.test(values.textOf(flag) ?? '')) return false;
  return !values.isFixed(text) && !values.isHarmless(text) && !values.isCleared(text, 'command-injection');
}

function choosesProgram(value: Abstract, values: Values): boolean {
  const first = value.fields?.get('0');
  const program = first ?? value;
  if (value.fields !== undefined && first === undefined) return false;
  return values.prefixOf(program) === '' && values.taintOf(program, 'command-injection')?.level === 'user';
}
