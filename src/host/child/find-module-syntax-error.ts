import type { SourceLocation } from '../../protocol/plugin/index.ts';
import { locateInStack, type OwnFiles } from './stack.ts';

/** How long the search may take, in milliseconds; only a plugin of very many files needs more. */
const SEARCH_TIMEOUT = 5000;

/**
 * Finds the file and place of a syntax error in an ES module, which node knows but tells nobody: the error that
 * `import()` rejects with has no file. So the modules are compiled again, never run, in a worker that is allowed
 * node's internal `decorateErrorStack`; a node without it gives no place, and nothing worse.
 *
 * @returns `undefined` when no module reachable from `entry` by relative imports has one
 */
export async function findModuleSyntaxError(
  entry: string,
  own: OwnFiles,
): Promise<SourceLocation | undefined> {
  const { Worker } = await import('node:worker_threads');
  return new Promise(resolve => {
    const worker = new Worker(searchModules, {
      eval: true,
      workerData: entry,
      execArgv: ['--experimental-vm-modules', '--expose-internals', '--no-warnings'],
      stdout: true,
      stderr: true,
      env: {},
    });
    const timer = setTimeout(() => finish(undefined), SEARCH_TIMEOUT);
    const finish = (stack: unknown): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(typeof stack === 'string' ? locateInStack(stack, own) : undefined);
    };
    worker.once('message', finish);
    worker.once('error', () => finish(undefined));
    worker.once('exit', () => finish(undefined));
  });
}

/** What the worker runs. As text: a bundler would try to resolve node's internal module, and rename what it must not. */
const searchModules = `
const vm = require('node:vm');
const fs = require('node:fs');
const path = require('node:path');
const { stripTypeScriptTypes } = require('node:module');
const { workerData: entry, parentPort } = require('node:worker_threads');
const { decorateErrorStack } = require('internal/util');

function read(file) {
  try {
    const source = fs.readFileSync(file, 'utf8');
    return /\\.[mc]?ts$/.test(file) ? stripTypeScriptTypes(source) : source;
  } catch {
    return undefined;
  }
}

function findError() {
  const files = [entry];
  for (const file of files) {
    const source = read(file);
    if (source === undefined) continue;
    try {
      const module = new vm.SourceTextModule(source, { identifier: file });
      const specifiers = module.moduleRequests?.map(request => request.specifier) ?? module.dependencySpecifiers;
      for (const specifier of specifiers) {
        const imported = path.resolve(path.dirname(file), specifier);
        if (specifier.startsWith('.') && !files.includes(imported)) files.push(imported);
      }
    } catch (error) {
      decorateErrorStack(error);
      return error.stack;
    }
  }
}

parentPort.postMessage(findError());
`;
