import { createEngine, SCAN_INCOMPLETE } from '../engine.ts';
import { isScannable, isTestCode, languageOf } from '../languages.ts';
import { supportedLanguages } from '../supported-languages.ts';
import { createNeedCollector } from './collect.ts';
import { mergeNeeds, type Need, withoutUnseenCallers } from './need.ts';

/** The source of a plugin. */
export interface PluginSource {
  /** Paths relative to the plugin's folder, with `/`. */
  readonly files: readonly string[];
  /** `undefined` for a file that can't be read. */
  textOf(file: string): string | undefined;
  absolute(file: string): string;
}

/** What the source of a plugin needs by itself, without its packages. */
export interface SourceNeeds {
  readonly needs: readonly Need[];
  /** Files that were not looked through, or not to their end, as they are named in `files`. */
  readonly unread: readonly string[];
}

/** Finds out what the source of plugins needs. */
export interface Inference {
  /**
   * @param breathe awaited between files, so that others get their turn
   */
  infer(source: PluginSource, breathe?: () => Promise<void>, signal?: AbortSignal): Promise<SourceNeeds>;
}

/** Loads the parser and its grammars. Rejects when a wasm file can't be had. */
export async function createInference(ports: {
  loadWasm(name: string): Promise<Uint8Array>;
}): Promise<Inference> {
  const relative = new Map<string, string>();
  const collector = createNeedCollector(file => relative.get(file) ?? '');
  const engine = await createEngine({
    languages: supportedLanguages,
    rules: collector.rules,
    loadWasm: ports.loadWasm,
  });
  return {
    infer: async (source, breathe, signal) => {
      const absolutes = new Map(source.files.map(file => [source.absolute(file), file] as const));
      for (const [absolute, file] of absolutes) {
        relative.set(absolute, file);
        collector.take(absolute);
      }
      const project = engine.open({
        read: file => {
          const language = languageOf(file);
          const text = language === undefined ? undefined : source.textOf(file);
          return text === undefined || language === undefined ? undefined : { text, language };
        },
        filesIn: folder => source.files.filter(file => folderOf(file) === folder),
        absolute: file => source.absolute(file),
        isTarget: () => true,
      });
      const unread: string[] = [];
      for (const file of source.files) {
        if (signal?.aborted) break;
        if (source.textOf(file) === undefined) unread.push(file);
        else if (project.analyze(file).some(({ code }) => code === SCAN_INCOMPLETE)) unread.push(file);
        await breathe?.();
      }
      // What a file does when it is imported is seen when another one is looked at.
      const needs = [...absolutes.keys()].flatMap(absolute => collector.take(absolute));
      for (const absolute of absolutes.keys()) relative.delete(absolute);
      return { needs: withoutUnseenCallers(mergeNeeds(needs)), unread };
    },
  };
}

/**
 * Whether a file is source that runs as part of its plugin: no dependency, no build output, no test.
 *
 * @param relativePath path in the plugin's folder, with `/` or `\`
 */
export function isOwnSource(relativePath: string): boolean {
  return isScannable(relativePath) && !isTestCode(relativePath);
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}
