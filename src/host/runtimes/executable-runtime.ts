import { accessSync, closeSync, constants, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { WorkbenchError } from '../../base/index.ts';
import type { PluginSource } from '../plugin/plugin-source.ts';
import { readElf } from './elf.ts';
import type { RuntimeProvider } from './port.ts';
import { findLoaderNeeds } from './shared-libraries.ts';

/** True for a program that is built already, whatever it was written in. */
export function isProgram(file: string): boolean {
  return startOf(file, 4) === '\x7fELF';
}

/**
 * Runs a program that lies in the plugin's folder and speaks the protocol itself. Beside the folder it sees its loader
 * and the shared libraries it names, and nothing else.
 */
export function createExecutableRuntime(): RuntimeProvider {
  return {
    id: 'executable',
    prepare: async ({ source }) => {
      const { entry, dir } = source;
      if (startOf(entry, 2) === '#!') {
        throw refusal(
          source,
          'is a script',
          'Name the script’s own file ending, so that its language is known.',
        );
      }
      const elf = readElf(entry);
      if (elf === undefined) {
        throw refusal(source, 'is not a 64-bit program for Linux', 'Build the program for this machine.');
      }
      if (elf.machine !== process.arch) {
        const other = elf.machine === 'other' ? 'another processor' : elf.machine;
        throw refusal(source, `is built for ${other}`, `Build it for ${process.arch}.`);
      }
      if (!isExecutable(entry)) {
        throw refusal(source, 'may not be executed', `Allow it: chmod +x ${path.relative(dir, entry)}`);
      }
      const needs = findLoaderNeeds(entry, elf, dir);
      if (needs.missing.length > 0) {
        throw new WorkbenchError(
          'PW-RUNTIME-MISSING',
          `The program ${path.basename(entry)} needs libraries that are not on this machine: ${needs.missing.join(', ')}.`,
          {
            nextStep:
              'Install them, put them beside the program with an rpath of $ORIGIN, or build it static.',
          },
        );
      }
      const linked = elf.interpreter === undefined ? 'static' : 'dynamic';
      return {
        version: elf.machine,
        description: `executable ${path.relative(dir, entry)} (${linked}, ${elf.machine})`,
        command: [entry],
        runtimePaths: needs.paths,
        mounts: [],
        env: {},
      };
    },
  };
}

function refusal(source: PluginSource, why: string, nextStep: string): WorkbenchError {
  const name = path.relative(source.dir, source.entry);
  return new WorkbenchError('PW-PLUGIN-ENTRY', `The entry ${name} can't be run: it ${why}.`, { nextStep });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function startOf(file: string, length: number): string {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, 0)).toString('latin1');
  } finally {
    closeSync(fd);
  }
}
