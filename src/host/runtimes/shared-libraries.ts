import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isWithin } from '../process/grants.ts';
import { type ElfFile, readElf } from './elf.ts';

/** What a program needs of this machine to be loaded. */
export interface LoaderNeeds {
  /** The loader and the libraries that are not in the plugin's folder; absolute. */
  readonly paths: readonly string[];
  /** Names of libraries that are nowhere to be found. */
  readonly missing: readonly string[];
}

/** Where the usual loaders look without being told. */
const usualFolders = ['/lib64', '/usr/lib64', '/lib', '/usr/lib'];

/** Loaders by their usual names and places; a plugin can't have another file shown to it as its loader. */
const usualLoader =
  /^(\/usr)?\/lib(32|64|x32)?(\/[a-z0-9_]+-linux-[a-z0-9]+)?\/ld[A-Za-z0-9_.-]*\.so(\.\d+)?$/;

/** Enough for any program; a plugin's own libraries could name each other without end. */
const mostLibraries = 1000;

/**
 * Finds the loader and the libraries of a program, and what these need in turn, by reading them.
 *
 * The program is not trusted: only plain names are looked up, only in the folders the system itself keeps libraries
 * in, and only files that are libraries are taken. So nothing else of this machine can come into the sandbox as one.
 *
 * @param pluginDir real path; what lies in it is visible to the plugin anyway
 */
export function findLoaderNeeds(program: string, elf: ElfFile, pluginDir: string): LoaderNeeds {
  const found = new Map<string, string>();
  const missing = new Set<string>();
  const folders = systemFolders();
  const { interpreter } = elf;
  if (interpreter === undefined) return { paths: [], missing: [] };
  if (!usualLoader.test(interpreter) || !existsSync(interpreter))
    return { paths: [], missing: [interpreter] };

  const waiting: { readonly file: string; readonly elf: ElfFile }[] = [{ file: program, elf }];
  for (let next = waiting.shift(); next !== undefined && found.size < mostLibraries; next = waiting.shift()) {
    const own = ownFolders(next.file, [...elf.searchPath, ...next.elf.searchPath], pluginDir);
    for (const name of next.elf.needed) {
      if (found.has(name) || missing.has(name)) continue;
      const library = path.basename(name) === name ? lookUp(name, [...own, ...folders], elf) : undefined;
      if (library === undefined) missing.add(name);
      else {
        found.set(name, library.file);
        waiting.push(library);
      }
    }
  }
  const paths = [interpreter, ...[...found.values()].filter(file => !isWithin(pluginDir, file))];
  // The loader finds libraries in unusual folders through its cache alone.
  const isUnusual = (file: string): boolean => !usualMultiarch.test(path.dirname(file));
  if (paths.slice(1).some(isUnusual) && existsSync('/etc/ld.so.cache')) paths.push('/etc/ld.so.cache');
  return { paths: [...new Set(paths)], missing: [...missing] };
}

const usualMultiarch = /^(\/usr)?\/lib(64)?(\/[a-z0-9_]+-linux-[a-z0-9]+)?$/;

/** Only those of its own search path that lie in the plugin's folder count. */
function ownFolders(file: string, searchPath: readonly string[], pluginDir: string): string[] {
  return searchPath
    .map(folder => path.resolve(folder.replaceAll(/\$ORIGIN|\$\{ORIGIN\}/g, path.dirname(file))))
    .filter(folder => isWithin(pluginDir, folder));
}

function lookUp(
  name: string,
  folders: readonly string[],
  program: ElfFile,
): { readonly file: string; readonly elf: ElfFile } | undefined {
  for (const folder of folders) {
    const file = path.join(folder, name);
    if (!existsSync(file)) continue;
    const elf = readElf(realpathSync(file));
    if (elf !== undefined && elf.machine === program.machine) return { file, elf };
  }
  return undefined;
}

/** The folders libraries are kept in, by custom and by the loader's configuration (ld.so.conf). */
function systemFolders(): string[] {
  const multiarch = ['/lib', '/usr/lib'].flatMap(folder =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter(name => /-linux-(gnu|musl)[a-z0-9]*$/.test(name))
          .map(name => path.join(folder, name))
      : [],
  );
  return [...new Set([...multiarch, ...usualFolders, ...configuredFolders()])].filter(existsSync);
}

function configuredFolders(): string[] {
  const parts = '/etc/ld.so.conf.d';
  const files = existsSync(parts) ? readdirSync(parts).map(name => path.join(parts, name)) : [];
  return ['/etc/ld.so.conf', ...files]
    .filter(existsSync)
    .flatMap(file => readFileSync(file, 'utf8').split(/\s+/))
    .filter(text => path.isAbsolute(text) && !text.includes('*'))
    .map(text => path.normalize(text));
}
