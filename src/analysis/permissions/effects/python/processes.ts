import type { Effect } from '../../effect.ts';
import { loadsNative, members, starts, startsWorkers, variables } from '../write.ts';

/** Calls of Python about programs, their surroundings and native code. */
export const processEffects: readonly Effect[] = [
  starts(
    [
      'os.system',
      'os.popen',
      'subprocess.getoutput',
      'subprocess.getstatusoutput',
      'asyncio.create_subprocess_shell',
      'commands.getoutput',
    ],
    'command-line',
  ),
  ...(['program', 'command-line'] as const).map(
    (is): Effect => ({
      call: members('subprocess', 'run call check_call check_output Popen'),
      scope: 'process',
      action: 'run',
      is,
      at: [0, 'args'],
      does: 'starts a program',
      // A line is split by the shell; a list begins with the program.
      when: (call, values) => {
        const shell = call.option('shell');
        const isShell = shell !== undefined && values.constantsOf(shell).includes(true);
        return isShell === (is === 'command-line');
      },
    }),
  ),
  starts(
    [
      'asyncio.create_subprocess_exec',
      'os.execv',
      'os.execvp',
      'os.execve',
      'os.execl',
      'os.execlp',
      'os.posix_spawn',
      'os.posix_spawnp',
      'pexpect.spawn',
      'plumbum.local',
      'pty.spawn',
    ],
    'program',
  ),
  starts(['os.spawnv', 'os.spawnl', 'os.spawnvp', 'os.spawnlp'], 'program', 1),
  {
    call: ['git.Repo', 'git.Repo.clone_from'],
    scope: 'process',
    action: 'run',
    resource: 'git',
    does: 'runs git',
  },
  {
    call: ['webbrowser.open', 'webbrowser.open_new', 'webbrowser.open_new_tab', 'os.startfile'],
    scope: 'process',
    action: 'run',
    does: 'opens something in another program',
  },
  variables(['os.getenv', 'os.environ.get', 'os.environ.pop', 'os.environ.setdefault', 'decouple.config']),
  {
    read: ['os.environ'],
    scope: 'environment',
    action: 'read',
    is: 'name',
    does: 'reads an environment variable',
  },
  loadsNative([
    'ctypes.CDLL',
    'ctypes.PyDLL',
    'ctypes.WinDLL',
    'ctypes.cdll.LoadLibrary',
    'ctypes.util.find_library',
    'cffi.FFI.dlopen',
    'ctypes.windll.LoadLibrary',
  ]),
  startsWorkers([
    'multiprocessing.Process',
    'multiprocessing.Pool',
    'multiprocessing.pool.Pool',
    'concurrent.futures.ProcessPoolExecutor',
    'os.fork',
    'threading.Thread',
    'concurrent.futures.ThreadPoolExecutor',
    'joblib.Parallel',
  ]),
];
