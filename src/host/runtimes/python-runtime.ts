import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Builds } from '../builds/index.ts';
import type { RuntimeProvider, ShippedPaths } from './port.ts';
import type { PythonFinder, PythonRuntime } from './python.ts';
import { installRequirements } from './python-packages.ts';
import { createSdkCompiler } from './python-sdk.ts';

/** Where the SDK stands inside the sandbox. */
const SDK_INSIDE = '/workbench/python';

/**
 * Isolated from the user's own packages and variables, without `site`, writing no bytecode, UTF-8 everywhere, nothing
 * held back in buffers, and a traceback also of a crash in native code.
 */
const FLAGS = ['-I', '-S', '-B', '-u', '-X', 'utf8', '-X', 'faulthandler'];

/** What a provider for Python is made from. */
export interface PythonRuntimeOptions {
  readonly finder: PythonFinder;
  readonly shipped: ShippedPaths;
  /** Installs what plugins require. */
  readonly builds: Builds;
  /** Absolute folder for what is made for plugins; made when first needed. */
  readonly cacheDir: string;
}

/** Runs Python plugins: the interpreter, with the SDK's bootstrap, which imports the plugin's entry. */
export function createPythonRuntime({
  finder,
  shipped,
  builds,
  cacheDir,
}: PythonRuntimeOptions): RuntimeProvider {
  const sdkDir = path.join(shipped.sdkRoot, 'python');
  const compiledSdk = createSdkCompiler(sdkDir, cacheDir);
  return {
    id: 'python',
    prepare: async (request, signal) => {
      const { source, mounts } = request;
      const python = await finder.find(source.dir, source.manifest.dependencies.runtimes['python']);
      // A virtual environment is its author's word on the packages; it is taken as it is.
      const found = python.hasEnvironment
        ? python.packages
        : await installRequirements({ builds, python, request }, signal);
      const packages = found === undefined ? [] : [found];
      const script = path.join(mounts ? SDK_INSIDE : sdkDir, 'plugin_workbench', '__main__.py');
      return {
        version: python.version,
        description: python.description,
        command: [python.execPath, ...FLAGS, script, ...packages],
        runtimePaths: [...python.runtimePaths, ...packages, ...(mounts ? [] : [sdkDir])],
        mounts: mounts ? await mountsFor(python, await compiledSdk(python), cacheDir) : [],
        tests: {
          name: 'python',
          advice:
            'Write one into a file such as test_main.py: a class of unittest.TestCase with methods test_…, or functions test_… where pytest is installed for the plugin.',
          command: filter => [
            python.execPath,
            ...FLAGS,
            path.join(mounts ? SDK_INSIDE : sdkDir, 'plugin_workbench', '_testing', '__main__.py'),
            ...(filter === undefined ? [] : ['--filter', filter]),
            ...packages,
          ],
        },
        // For programs that the plugin starts; the interpreter itself goes by its flags.
        env: {
          PYTHONDONTWRITEBYTECODE: '1',
          PYTHONUNBUFFERED: '1',
          PYTHONUTF8: '1',
          ...(python.certificates === undefined ? {} : { SSL_CERT_FILE: python.certificates }),
        },
      };
    },
  };
}

/**
 * The SDK, and covers: packages that were installed beside the standard library are not the plugin's, so an empty folder
 * lies over them.
 */
async function mountsFor(
  python: PythonRuntime,
  from: string,
  cacheDir: string,
): Promise<{ readonly from: string; readonly to: string }[]> {
  const sdk = { from, to: SDK_INSIDE };
  if (python.foreignFolders.length === 0) return [sdk];
  const empty = path.join(cacheDir, 'empty');
  await mkdir(empty, { recursive: true });
  return [sdk, ...python.foreignFolders.map(to => ({ from: empty, to }))];
}
