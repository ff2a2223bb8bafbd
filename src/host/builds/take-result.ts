import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { WorkbenchError } from '../../base/index.ts';

/**
 * Copies a built file to where it is run from, in one move. What is there keeps running.
 *
 * The folder it comes from was writable to the build. A link there would lead the host to a file of the user's, and
 * the sandbox would then show it to the plugin as its program.
 *
 * @throws WorkbenchError `PW-BUILD-FAILED`
 */
export async function takeResult(from: string, to: string): Promise<void> {
  const found = await lstat(from).catch(() => undefined);
  if (found === undefined) throw refusal(`The build made no ${from}.`);
  if (!found.isFile() || (await realpath(from)) !== from) {
    throw refusal(`The build left a link or something else than a file at ${from}.`);
  }
  const beside = `${to}.${process.pid}.new`;
  await mkdir(path.dirname(to), { recursive: true });
  try {
    // A copy: a hard link would stay writable to the next build while the program runs.
    await copyFile(from, beside, constants.COPYFILE_FICLONE);
    await chmod(beside, 0o755);
    await rename(beside, to);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

function refusal(message: string): WorkbenchError {
  return new WorkbenchError('PW-BUILD-FAILED', message, {
    nextStep: 'Look at the build’s output in the log of the plugin.',
  });
}
