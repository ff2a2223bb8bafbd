import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { registryTables } from './cargo-registries.ts';
import type { BuildLanguage, RegistryAccess } from './port.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables every tool that fetches understands. */
const common =
  /^(https?_proxy|all_proxy|no_proxy|HTTPS?_PROXY|ALL_PROXY|NO_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|CURL_CA_BUNDLE)$/;

/** Variables of one language's tools that say where packages come from; none that holds a token alone. */
const own: Readonly<Record<BuildLanguage, RegExp>> = {
  go: /^(GOPROXY|GONOPROXY|GOSUMDB|GONOSUMDB|GOPRIVATE|GOINSECURE|GOVCS)$/,
  python:
    /^(REQUESTS_CA_BUNDLE|(PIP|UV)_(INDEX_URL|EXTRA_INDEX_URL|INDEX|DEFAULT_INDEX|FIND_LINKS|NO_INDEX|TRUSTED_HOST|CERT|PROXY|DEFAULT_TIMEOUT|HTTP_TIMEOUT|RETRIES|DISABLE_PIP_VERSION_CHECK|NATIVE_TLS|PRE|ONLY_BINARY|NO_BINARY|PREFER_BINARY|CONSTRAINT))$/,
  rust: /^(CARGO_HTTP_[A-Z_]+|CARGO_NET_(RETRY|OFFLINE)|CARGO_REGISTRY_DEFAULT|CARGO_REGISTRIES_[A-Z0-9_]+_(INDEX|PROTOCOL)|CARGO_REGISTRIES_CRATES_IO_PROTOCOL|CARGO_SOURCE_[A-Z0-9_]+_(REGISTRY|REPLACE_WITH|DIRECTORY|LOCAL_REGISTRY))$/,
};

/** How this user's tools reach the registries; see {@link RegistryAccess}. */
export async function readRegistryAccess(
  language: BuildLanguage,
  env: Environment,
  root: string,
): Promise<RegistryAccess> {
  const chosen = pick(env, name => common.test(name) || own[language].test(name));
  const files = Object.values(chosen).flatMap(pathsIn);
  if (language === 'go') {
    const settings = await readGoSettings(env);
    return { env: { ...pick(settings, name => own.go.test(name)), ...chosen }, readOnly: files };
  }
  if (language === 'python') return addPipConfiguration(chosen, files, env);
  return addCargoConfiguration(chosen, files, env, root);
}

/** What `go env -w` wrote. */
async function readGoSettings(env: Environment): Promise<Environment> {
  const file = env['GOENV'] ?? path.join(configDir(env), 'go', 'env');
  const text = await readIfThere(file);
  const pairs = text.split('\n').map(line => /^([A-Z][A-Z0-9]*)=(.*)$/.exec(line.trim()));
  return Object.fromEntries(pairs.flatMap(pair => (pair ? [[pair[1] ?? '', pair[2] ?? '']] : [])));
}

/** pip reads the system's file at its own place, and one of the user's by name. */
async function addPipConfiguration(
  chosen: Readonly<Record<string, string>>,
  files: readonly string[],
  env: Environment,
): Promise<RegistryAccess> {
  const users = [
    env['PIP_CONFIG_FILE'],
    path.join(configDir(env), 'pip', 'pip.conf'),
    path.join(homedir(), '.pip', 'pip.conf'),
  ].find((file): file is string => file !== undefined && path.isAbsolute(file) && existsSync(file));
  const found = ['/etc/pip.conf', ...(users === undefined ? [] : [users])].filter(existsSync);
  const texts = await Promise.all(found.map(readIfThere));
  const named = texts.flatMap(text =>
    [...text.matchAll(/^\s*(?:cert|find-links)\s*=\s*(.+)$/gm)].flatMap(([, value = '']) => pathsIn(value)),
  );
  return {
    env: { ...chosen, ...(users === undefined ? {} : { PIP_CONFIG_FILE: users }) },
    readOnly: [...files, ...found, ...named],
  };
}

/** Cargo is pointed to a copy that holds the registries alone. */
async function addCargoConfiguration(
  chosen: Readonly<Record<string, string>>,
  files: readonly string[],
  env: Environment,
  root: string,
): Promise<RegistryAccess> {
  const home = env['CARGO_HOME'] ?? path.join(homedir(), '.cargo');
  const text =
    (await readIfThere(path.join(home, 'config.toml'))) || (await readIfThere(path.join(home, 'config')));
  const tables = registryTables(text);
  if (tables === '') return { env: chosen, readOnly: files };
  const configFile = path.join(root, 'rust', 'registries.toml');
  if ((await readIfThere(configFile)) !== tables) {
    await mkdir(path.dirname(configFile), { recursive: true });
    await writeFile(`${configFile}.${process.pid}.new`, tables);
    await rename(`${configFile}.${process.pid}.new`, configFile);
  }
  return { env: chosen, readOnly: [...files, configFile, ...localRegistries(tables)], configFile };
}

function localRegistries(tables: string): string[] {
  return [...tables.matchAll(/^\s*(?:directory|local-registry|cainfo)\s*=\s*"([^"]*)"/gm)].flatMap(
    ([, value = '']) => pathsIn(value),
  );
}

/** The existing files and folders a value names; it may name several, apart by blanks or colons. */
function pathsIn(value: string): string[] {
  return value
    .split(/[\s:]+/)
    .map(part => part.replace(/\/+$/, ''))
    .filter(part => part.lastIndexOf('/') > 0 && path.isAbsolute(part) && path.normalize(part) === part)
    .filter(existsSync);
}

function pick(env: Environment, wanted: (name: string) => boolean): Record<string, string> {
  const chosen = Object.entries(env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '' && wanted(pair[0]),
  );
  return Object.fromEntries(chosen);
}

function configDir(env: Environment): string {
  return env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config');
}

async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
