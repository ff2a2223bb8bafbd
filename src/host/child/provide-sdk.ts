import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What plugins write to import the SDK. */
const SDK_NAME = 'plugin-workbench';

/** The variable by which the host names the SDK's folder, where no sandbox mounts it among the packages. */
const SDK_VARIABLE = 'PLUGIN_WORKBENCH_SDK';

/**
 * Lets the plugin import the SDK when it runs without a sandbox. In the sandbox the package is mounted where Node
 * looks anyway, and this does nothing. Call it before the plugin is loaded.
 */
export function provideSdk(env: NodeJS.ProcessEnv): void {
  const dir = env[SDK_VARIABLE];
  if (dir === undefined) return;
  delete env[SDK_VARIABLE];
  const url = pathToFileURL(join(dir, 'index.cjs')).href;
  if (typeof module.registerHooks === 'function') {
    module.registerHooks({
      resolve: (specifier, context, nextResolve) =>
        specifier === SDK_NAME ? { url, shortCircuit: true } : nextResolve(specifier, context),
    });
    return;
  }
  // Before Node 22.15: ES modules by hooks in a thread of their own, CommonJS by the search path for packages.
  const hooks = `export const resolve = (specifier, context, next) =>
    specifier === ${JSON.stringify(SDK_NAME)} ? { url: ${JSON.stringify(url)}, shortCircuit: true } : next(specifier, context);`;
  module.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  const commonJs = module as unknown as { _resolveFilename: (request: string, ...rest: unknown[]) => string };
  const resolveFilename = commonJs._resolveFilename;
  commonJs._resolveFilename = (request, ...rest) =>
    request === SDK_NAME ? join(dir, 'index.cjs') : resolveFilename(request, ...rest);
}
