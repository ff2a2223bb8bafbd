import * as v from 'valibot';
import { type Category, categories, noLevels, type RuleLevel, type RuleLevels } from '../analysis/index.ts';

/** What a client may configure, under the section `pluginWorkbench` of its settings. */
export interface ServerConfiguration {
  /** Names of AI models the host offers to plugins, for completion. */
  readonly aiModels: readonly string[];
  /** Whether Node plugins run on a Node.js the person has named, and not on the one on PATH. */
  readonly hasOwnNode: boolean;
  /** Files that say what packages need, beside what is known. */
  readonly packageFiles: readonly string[];
  /** What is to be said about dangerous patterns. */
  readonly levels: RuleLevels;
}

/** What holds until a client says otherwise. */
export const defaultConfiguration: ServerConfiguration = {
  aiModels: [],
  hasOwnNode: false,
  packageFiles: [],
  levels: noLevels,
};

const maxModels = 1_000;
const maxChosen = 2_000;
const maxPackageFiles = 20;
/** Anything by name; what means nothing is left out later, so that one slip costs one entry. */
const chosen = v.fallback(v.record(v.string(), v.unknown()), {});
const levelSchema = v.picklist(['off', 'error', 'warning', 'info', 'hint']);
const categorySchema = v.picklist(categories);
const sent = v.object({
  pluginWorkbench: v.object({
    ai: v.fallback(v.object({ models: v.pipe(v.array(v.string()), v.maxLength(maxModels)) }), { models: [] }),
    node: v.fallback(v.object({ path: v.string() }), { path: '' }),
    packages: v.fallback(v.object({ files: v.pipe(v.array(v.string()), v.maxLength(maxPackageFiles)) }), {
      files: [],
    }),
    analysis: v.fallback(v.object({ rules: chosen, categories: chosen }), { rules: {}, categories: {} }),
  }),
});

/** Decodes the settings of `workspace/didChangeConfiguration`; anything else gives the defaults. */
export function decodeConfiguration(settings: unknown): ServerConfiguration {
  const decoded = v.safeParse(sent, settings);
  if (!decoded.success) return defaultConfiguration;
  const { ai, node, packages, analysis } = decoded.output.pluginWorkbench;
  const names = ai.models.map(name => name.trim()).filter(name => name !== '');
  const ofCategories = levelsIn(analysis.categories).filter((entry): entry is [Category, RuleLevel] =>
    v.is(categorySchema, entry[0]),
  );
  return {
    aiModels: [...new Set(names)],
    hasOwnNode: node.path.trim() !== '',
    packageFiles: packages.files.filter(file => file.trim() !== ''),
    levels: {
      rules: Object.fromEntries(levelsIn(analysis.rules)),
      categories: Object.fromEntries(ofCategories),
    },
  };
}

function levelsIn(entries: Readonly<Record<string, unknown>>): [string, RuleLevel][] {
  return Object.entries(entries)
    .slice(0, maxChosen)
    .flatMap(([name, level]) => (v.is(levelSchema, level) ? [[name, level] as [string, RuleLevel]] : []));
}
