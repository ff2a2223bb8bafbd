import path from 'node:path';
import { WorkbenchError } from '../../base/index.ts';
import type { Builds } from '../builds/index.ts';
import { readElf } from './elf.ts';
import type { RuntimeProvider, ShippedPaths } from './port.ts';
import type { RustFinder } from './rust.ts';
import { buildRust } from './rust-build.ts';
import { findLoaderNeeds } from './shared-libraries.ts';

/** What a provider for Rust is made from. */
export interface RustRuntimeOptions {
  readonly finder: RustFinder;
  readonly builds: Builds;
  readonly shipped: ShippedPaths;
}

/** Runs plugins written in Rust: a program that Cargo builds for the entry. */
export function createRustRuntime({ finder, builds, shipped }: RustRuntimeOptions): RuntimeProvider {
  const sdkDir = path.join(shipped.sdkRoot, 'rust');
  return {
    id: 'rust',
    prepare: async (request, signal) => {
      const { source } = request;
      const rust = await finder.find(source.dir, source.manifest.dependencies.runtimes['rust']);
      const program = await builds.exclusively(
        source.dir,
        () => buildRust({ builds, rust, sdkDir, request }, signal),
        signal,
      );
      return {
        version: rust.version,
        description: rust.description,
        command: [program],
        runtimePaths: [program, ...librariesOf(program, source.dir)],
        mounts: [],
        env: {},
      };
    },
  };
}

/** Its loader and the shared libraries it names. */
function librariesOf(program: string, pluginDir: string): readonly string[] {
  const elf = readElf(program);
  if (elf === undefined) return [];
  const { paths, missing } = findLoaderNeeds(program, elf, pluginDir);
  if (missing.length === 0) return paths;
  throw new WorkbenchError(
    'PW-RUNTIME-MISSING',
    `The plugin’s program needs libraries that are not on this machine: ${missing.join(', ')}.`,
    { nextStep: 'Install them, or let the crates that use them link them statically.' },
  );
}
