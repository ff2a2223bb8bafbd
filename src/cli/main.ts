import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { messageOf, WorkbenchError } from '../base/index.ts';
import { Exit } from './exit.ts';
import { packagePathsFrom } from './package-paths.ts';
import { createProgram } from './program.ts';
import { rulesPageOf } from './rules-page.ts';
import { isWorkerTask, runWorker } from './scan/index.ts';
import { createTerminal } from './terminal.ts';

// A long scan starts this program again on other threads of its own.
if (!isMainThread && parentPort !== null && isWorkerTask(workerData)) await runWorker(workerData, parentPort);
else await main();

async function main(): Promise<void> {
  const terminal = createTerminal(process.stdout, process.stderr, process.stdin);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interrupted.abort());
  }
  // A reader such as `head` that closes the pipe early is no failure of ours; stop as if told to.
  process.stdout.on('error', () => interrupted.abort());

  const program = createProgram({
    version: packageJson.version,
    rulesPage: rulesPageOf(packageJson),
    paths: packagePathsFrom(import.meta.url),
    terminal,
    stop: interrupted.signal,
    done: code => {
      process.exitCode = code;
    },
  });
  program.exitOverride();
  for (const command of program.commands) command.exitOverride();

  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its message; asking for help or the version is no failure.
      process.exitCode = error.exitCode === 0 ? Exit.clean : Exit.failure;
    } else if (error instanceof WorkbenchError) {
      if (!interrupted.signal.aborted) {
        terminal.note(`${terminal.paint('red', 'error')} ${error.message} (${error.code})`);
        if (error.nextStep !== undefined) terminal.note(`  ${error.nextStep}`);
        process.exitCode = Exit.failure;
      }
    } else {
      terminal.note(`This is a bug in plugin-workbench: ${messageOf(error)}`);
      if (error instanceof Error && error.stack !== undefined) terminal.note(error.stack);
      process.exitCode = Exit.failure;
    }
  }
}
