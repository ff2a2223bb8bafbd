import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  createEngine,
  type Engine,
  type EngineParts,
  type LanguageSupport,
  type SourceLanguage,
} from '../../../src/analysis/index.ts';
import { loadWasm } from './analyzer-from-modules.ts';

/** The engine with these languages and rules over the installed grammars. */
export function engineFromModules(parts: Omit<EngineParts, 'loadWasm'>): Promise<Engine> {
  return createEngine({ ...parts, loadWasm });
}

const root = path.join(import.meta.dirname, '../../../src/analysis');

// biome-ignore lint/suspicious/noExplicitAny: whatever a module exports.
async function moduleAt(file: string): Promise<any> {
  const at = path.join(root, file);
  return existsSync(at) ? await import(at) : {};
}

/** The engine with the languages and rules of the product, as far as they are there. */
export async function productEngine(): Promise<Engine> {
  const languages = new Map<SourceLanguage, LanguageSupport>();
  const rules = [];
  const nothing = { sources: [], handlers: [], sanitizers: [], same: {}, harmless: [], transparent: {} };
  for (const folder of ['javascript', 'python', 'go', 'rust']) {
    const lowering = await moduleAt(`lower/${folder}/index.ts`);
    const knowledge = await moduleAt(`knowledge/${folder}/index.ts`);
    const ids = folder === 'javascript' ? ['javascript', 'typescript', 'tsx'] : [folder];
    for (const id of ids) {
      const one = lowering[`${id}Lowering`];
      if (one !== undefined) {
        languages.set(id as SourceLanguage, {
          lowering: one,
          knowledge: knowledge[`${folder}Knowledge`] ?? nothing,
        });
      }
    }
    rules.push(...((await moduleAt(`rules/${folder}/index.ts`))[`${folder}Rules`] ?? []));
  }
  rules.push(...((await moduleAt('rules/any/index.ts')).anyRules ?? []));
  return engineFromModules({ languages, rules });
}

/** The findings of one text, as `CODE:severity` by zero-based line. */
export function findingsByLine(
  engine: Engine,
  file: string,
  text: string,
  language: SourceLanguage,
): Map<number, string[]> {
  const project = engine.open({
    read: name => (name === file ? { text, language } : undefined),
    absolute: name => name,
    isTarget: () => true,
  });
  const found = new Map<number, string[]>();
  for (const { code, severity, range } of project.analyze(file)) {
    const line = range.start.line;
    found.set(line, [...(found.get(line) ?? []), `${code}:${severity}`]);
  }
  return found;
}
