import path from 'node:path';
import { WorkbenchError } from '../../base/index.ts';
import type { RuntimeId } from '../../manifest/index.ts';
import type { RuntimePaths } from '../../protocol/editor/index.ts';
import { createBuilds, sweepBuilds } from '../builds/index.ts';
import { createExecutableRuntime, isProgram } from './executable-runtime.ts';
import { createGoFinder } from './go.ts';
import { createGoRuntime } from './go-runtime.ts';
import { createNodeFinder } from './node.ts';
import { createNodeRuntime } from './node-runtime.ts';
import type { PreparedRuntime, PrepareRequest, RuntimeProvider, ShippedPaths } from './port.ts';
import { createPythonFinder } from './python.ts';
import { createPythonRuntime } from './python-runtime.ts';
import { createRustFinder } from './rust.ts';
import { createRustRuntime } from './rust-runtime.ts';

/** What the runtimes are made from. */
export interface RuntimesOptions {
  /** The user's choice of Node.js; `undefined` for PATH and then the runtime of this process. */
  readonly nodePath?: string | undefined;
  /** The user's choice of the programs of other languages; `undefined` for PATH. */
  readonly runtimePaths?: RuntimePaths | undefined;
  /** The environment of the user, for PATH and the places of toolchains. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The binary this process runs on. */
  readonly execPath: string;
  readonly shipped: ShippedPaths;
  /** Absolute folder for what is built and installed for plugins; made when first needed. */
  readonly cacheDir: string;
}

/** Every kind of plugin this host can run. */
export interface Runtimes {
  /** See {@link RuntimeProvider.prepare}; also throws `PW-RUNTIME-UNSUPPORTED`. */
  prepare(request: PrepareRequest, signal: AbortSignal): Promise<PreparedRuntime>;
  /** Removes what was built for plugins that nobody has used for long; once a day at most, whoever asks. */
  sweep(signal: AbortSignal): Promise<void>;
}

/** Makes the runtimes; nothing is looked for before it is needed. */
export function createRuntimes(options: RuntimesOptions): Runtimes {
  const { nodePath, runtimePaths, env, execPath, shipped, cacheDir } = options;
  const root = path.join(cacheDir, 'builds');
  const builds = createBuilds({ root, env });
  const providers: readonly RuntimeProvider[] = [
    createNodeRuntime(createNodeFinder({ nodePath, env, execPath }), shipped),
    createPythonRuntime({
      finder: createPythonFinder({ pythonPath: runtimePaths?.python, env }),
      shipped,
      builds,
      cacheDir,
    }),
    createGoRuntime({ finder: createGoFinder({ goPath: runtimePaths?.go, env }), builds, shipped }),
    createRustRuntime({ finder: createRustFinder({ cargoPath: runtimePaths?.cargo, env }), builds, shipped }),
    createExecutableRuntime(),
  ];
  const byId = new Map<RuntimeId | undefined, RuntimeProvider>(providers.map(one => [one.id, one]));
  return {
    sweep: async signal => {
      await sweepBuilds(root, signal);
    },
    prepare: async (request, signal) => {
      const { manifest, entry } = request.source;
      // What is built already is run as it is, also where the manifest names the language it was written in.
      const provider = byId.get(isProgram(entry) ? 'executable' : manifest.runtime);
      if (provider) return provider.prepare(request, signal);
      const what = manifest.runtime ?? 'unknown';
      throw new WorkbenchError(
        'PW-RUNTIME-UNSUPPORTED',
        `${manifest.name} needs the runtime "${what}"; only ${[...byId.keys()].join(', ')} can be run.`,
        {
          nextStep:
            'Let the manifest name one of these as its runtime, or a file in one of these languages as its entry.',
          details: { runtime: what },
        },
      );
    },
  };
}
