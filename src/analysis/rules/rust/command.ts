import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';
import { isShellText } from './shells.ts';

export const commandRule = sinkRule({
  id: 'PW-RS-COMMAND',
  title: 'A program or shell command is put together from what others give',
  category: 'command-injection',
  cwe: 78,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'A shell runs everything that stands in its text: whoever chooses a part of it runs programs of their choice with the rights of the plugin.',
    remedy: 'Start a fixed program and hand over each value as an argument of its own; no shell in between.',
    bad: `fn list(folder: &str) {
    std::process::Command::new("sh").arg("-c").arg(format!("ls {}", folder)).status();
}`,
    good: `fn list(folder: &str) {
    std::process::Command::new("ls").arg("--").arg(folder).status();
}`,
  },
  does: 'is run as a command',
  sinks: [
    {
      call: calls(
        'std.process.Command.new exec.Command.new subprocess.Exec.cmd subprocess.Popen.create duct.cmd portable_pty.CommandBuilder.new',
      ),
      from: 'parameter',
      // What builds a crate runs the compiler that Cargo names.
      when: (_event, _value, { file }) => !/(?:^|[\\/])build(?:[\\/][^\\/]*)?\.rs$/.test(file),
      does: 'names the program that is started',
    },
    {
      call: calls('std.process.Command.arg std.process.Command.args std.process.Command.raw_arg'),
      argument: 'any',
      from: 'dynamic',
      when: (event, value, context) => isShellText(event, value, context),
      does: 'is run by a shell',
    },
    {
      call: calls(
        'libc.system libc.popen libc.execl libc.execlp libc.execle libc.execv libc.execvp libc.execve libc.posix_spawn libc.posix_spawnp',
        'nix.unistd.execv nix.unistd.execvp nix.unistd.execve nix.unistd.execvpe subprocess.Exec.shell duct_sh.sh_dangerous duct.sh',
        'run_script.run run_script.run_or_exit run_script.spawn std.macro.run_script! execute.shell execute.command shells.sh shells.bash shells.zsh',
        'std.macro.sh! std.macro.bash! shells.sh! shells.bash! shells.zsh! xshell.Shell.cmd cmd_lib.run_cmd cmd_lib.run_fun',
        'openssh.Session.shell openssh.Session.raw_command windows.Win32.UI.Shell.ShellExecuteW winapi.um.shellapi.ShellExecuteW',
      ),
      argument: 'any',
      from: 'dynamic',
      does: 'is run by a shell',
    },
    { call: calls('ssh2.Channel.exec ?.exec_command'), from: 'built', does: 'is run on another machine' },
  ],
});
