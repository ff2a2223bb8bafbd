import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import semver from 'semver';
import { WorkbenchError } from '../../base/index.ts';
import { type GoToolchain, OLDEST_GO } from './go.ts';

/** The path by which a plugin imports the SDK. */
export const SDK_MODULE = 'plugin-workbench.dev/sdk';

/** The Go module a plugin's entry belongs to. */
export interface GoModule {
  /** Its folder: the plugin's, or one within it. */
  readonly root: string;
  /** The package to build, relative to the root: `.` or `./cmd/plugin`. */
  readonly package: string;
  /** The text of its go.mod; `undefined` when it has none. */
  readonly text: string | undefined;
}

/**
 * Finds the module of an entry: the nearest go.mod at or above it within the plugin's folder, else the entry's folder
 * without one.
 *
 * @param entry real path of a file within `pluginDir`
 */
export function findModule(pluginDir: string, entry: string): GoModule {
  const folder = path.dirname(entry);
  for (let root = folder; ; root = path.dirname(root)) {
    const file = path.join(root, 'go.mod');
    if (existsSync(file)) {
      return { root, package: packageIn(root, folder), text: readFileSync(file, 'utf8') };
    }
    if (root === pluginDir || root === path.dirname(root)) break;
  }
  return { root: folder, package: '.', text: undefined };
}

/** The go.mod of a module that has none. */
export function generateModule(pluginId: string, go: GoToolchain): string {
  const language = go.version.split('.').slice(0, 2).join('.');
  return `module ${pluginId}\n\ngo ${language}\n`;
}

/**
 * What `go mod edit` is to change in a go.mod so that the SDK is found.
 *
 * @param sdkDir where the SDK lies as the build sees it
 */
export function moduleEdits(text: string, sdkDir: string): string[] {
  const edits = [`-require=${SDK_MODULE}@v0.0.0`, `-replace=${SDK_MODULE}=${sdkDir}`];
  const language = languageOf(text);
  // A module can't be older than what it requires.
  const raise = language === undefined || semver.lt(language, OLDEST_GO);
  return raise ? [...edits, `-go=${OLDEST_GO.replace(/\.0$/, '')}`] : edits;
}

/** True when something besides the SDK and the standard library is needed. */
export function needsDownload(text: string): boolean {
  const requires = text.replaceAll(/\/\/.*$/gm, '').matchAll(/^\s*(?:require\s+)?(\S+\.\S+)\s+v\d\S*\s*$/gm);
  return [...requires].some(([, module]) => module !== SDK_MODULE);
}

/**
 * Refuses a module for a newer Go than there is: a toolchain is never downloaded behind the user's back.
 *
 * @throws WorkbenchError `PW-RUNTIME-VERSION`
 */
export function checkLanguage(module: GoModule, go: GoToolchain): void {
  const wanted = module.text === undefined ? undefined : languageOf(module.text);
  if (wanted === undefined || semver.gte(go.version, wanted)) return;
  const line = (module.text ?? '').split('\n').findIndex(text => /^\s*go\s/.test(text)) + 1;
  throw new WorkbenchError(
    'PW-RUNTIME-VERSION',
    `The plugin's go.mod asks for Go ${wanted}, but ${go.command} is Go ${go.version}.`,
    {
      nextStep:
        'Install that Go and choose it in the settings or put it first on PATH, or lower the version in go.mod.',
      details: {
        found: go.version,
        wanted,
        location: { file: path.join(module.root, 'go.mod'), line, column: 1 },
      },
    },
  );
}

function languageOf(text: string): string | undefined {
  const written = /^\s*go\s+(\d+(?:\.\d+){0,2})/m.exec(text)?.[1];
  return written === undefined ? undefined : semver.coerce(written)?.version;
}

function packageIn(root: string, folder: string): string {
  const relative = path.relative(root, folder);
  return relative === '' ? '.' : `./${relative}`;
}
