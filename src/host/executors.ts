import path from 'node:path';
import { WorkbenchError } from '../base/index.ts';
import type { Plugin } from './plugin/plugin.ts';

/** A language somebody can run code in, and the plugin that does. */
export interface ExecutorLanguage {
  readonly language: string;
  readonly pluginId: string;
}

/** The languages the plugins that serve say they run; the first plugin of a language is the one that is asked. */
export function executorLanguages(plugins: readonly Plugin[]): ExecutorLanguage[] {
  const languages = new Map<string, ExecutorLanguage>();
  for (const plugin of plugins) {
    if (!plugin.serving) continue;
    for (const language of plugin.source.manifest.contributions.languages ?? []) {
      const word = language.toLowerCase();
      if (!languages.has(word)) languages.set(word, { language: word, pluginId: plugin.address });
    }
  }
  return [...languages.values()];
}

/** @throws WorkbenchError `PW-EXECUTOR-NONE` when no plugin runs that language */
export function executorOf(plugins: readonly Plugin[], language: string): Plugin {
  const languages = executorLanguages(plugins);
  const found = languages.find(one => one.language === language.toLowerCase());
  const plugin = plugins.find(({ address }) => address === found?.pluginId);
  if (plugin) return plugin;
  const known = languages.map(one => one.language).join(', ');
  throw new WorkbenchError('PW-EXECUTOR-NONE', `No running plugin executes ${language}.`, {
    nextStep: known ? `There are executors for ${known}.` : 'Start a plugin that lists supported_languages.',
  });
}

/** Endings of files → the language in the words of manifests. */
const endings: Readonly<Record<string, string>> = {
  '.c': 'c',
  '.cc': 'cpp',
  '.cpp': 'cpp',
  '.cs': 'csharp',
  '.go': 'go',
  '.java': 'java',
  '.js': 'javascript',
  '.kt': 'kotlin',
  '.mjs': 'javascript',
  '.php': 'php',
  '.py': 'python',
  '.r': 'r',
  '.rb': 'ruby',
  '.rs': 'rust',
  '.sh': 'bash',
  '.swift': 'swift',
  '.ts': 'typescript',
};

/** @throws WorkbenchError `PW-EXECUTOR-LANGUAGE` when the file's ending does not tell */
export function languageOfFile(file: string): string {
  const language = endings[path.extname(file).toLowerCase()];
  if (language !== undefined) return language;
  throw new WorkbenchError('PW-EXECUTOR-LANGUAGE', `The language of ${file} can't be told from its name.`, {
    nextStep: 'Say which language it is in.',
  });
}
