import path from 'node:path';
import type { Builds } from '../builds/index.ts';
import type { GoFinder } from './go.ts';
import { buildGo } from './go-build.ts';
import type { RuntimeProvider, ShippedPaths } from './port.ts';

/** What a provider for Go is made from. */
export interface GoRuntimeOptions {
  readonly finder: GoFinder;
  readonly builds: Builds;
  readonly shipped: ShippedPaths;
}

/** Runs plugins written in Go: a static program that is built from the entry's package. */
export function createGoRuntime({ finder, builds, shipped }: GoRuntimeOptions): RuntimeProvider {
  const sdkDir = path.join(shipped.sdkRoot, 'go');
  return {
    id: 'go',
    prepare: async (request, signal) => {
      const { source, limits } = request;
      const go = await finder.find(source.dir, source.manifest.dependencies.runtimes['go']);
      const program = await builds.exclusively(
        source.dir,
        () => buildGo({ builds, go, sdkDir, request }, signal),
        signal,
      );
      return {
        version: go.version,
        description: go.description,
        command: [program],
        runtimePaths: [program],
        mounts: [],
        // The collector works harder before the limit is reached; other memory than the heap counts, too.
        env: { GOMEMLIMIT: `${Math.floor(limits.memoryBytes * 0.75)}` },
      };
    },
  };
}
