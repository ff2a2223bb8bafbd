import type { ManifestDocument } from './document.ts';
import { stringAt } from './meaning/values.ts';
import { type Profile, profiles } from './profiles/index.ts';

/** Which plugin system a manifest is for; `foreign` names a known one that is not ours to judge. */
export interface Detection {
  readonly profile?: Profile;
  readonly foreign?: string;
  /** What gave the foreign one away. */
  readonly reason?: string;
}

/** Decides by `$schema`, then by the fields; empty when neither tells. The file's name is never enough. */
export function detectProfile(document: ManifestDocument, known: readonly Profile[] = profiles): Detection {
  const uri = stringAt(document, ['$schema']);
  const named = uri === undefined ? undefined : profileOfSchema(uri, known);
  if (named !== undefined) return { profile: named };
  const foreign = foreignSystem(document, uri);
  if (foreign !== undefined) return foreign;
  const profile = bestMatch(document, known);
  if (profile !== undefined) return { profile };
  return uri === undefined ? {} : { foreign: `the system of ${uri}`, reason: 'by its `$schema`' };
}

function profileOfSchema(uri: string, known: readonly Profile[]): Profile | undefined {
  return known.find(
    profile => profile.schemaUris.includes(uri) || `/${uri}`.endsWith(`/${profile.id}.schema.json`),
  );
}

const agentFields = ['agents', 'skills', 'hooks', 'mcpServers', 'lspServers', 'outputStyles', 'rules'];

/** Other systems that call their manifest `plugin.json`. */
function foreignSystem(
  document: ManifestDocument,
  uri: string | undefined,
): { foreign: string; reason: string } | undefined {
  const has = (key: string) => document.nodeAt([key]) !== undefined;
  const bySchema = 'by its `$schema`';
  if (uri !== undefined && /^https?:\/\/agent-plugins\.org\//u.test(uri))
    return { foreign: 'Agent Plugins', reason: bySchema };
  if (uri !== undefined && /\bgrafana\b/u.test(uri)) return { foreign: 'Grafana', reason: bySchema };
  const type = stringAt(document, ['type']) ?? '';
  if (['panel', 'datasource', 'app', 'renderer'].includes(type) && (has('info') || has('includes')))
    return { foreign: 'Grafana', reason: `by its type \`${type}\` and its fields` };
  if (document.nodeAt(['dependencies', 'grafanaDependency']) !== undefined)
    return { foreign: 'Grafana', reason: 'by `dependencies.grafanaDependency`' };
  const foreign = 'agent plugins (Claude style)';
  const field = agentFields.find(has);
  if (field !== undefined) return { foreign, reason: `by its field \`${field}\`` };
  if (!has('name')) return undefined;
  if (/[\\/]\.(?:claude-plugin|cursor-plugin|plugin)[\\/][^\\/]+$/u.test(document.file))
    return { foreign, reason: 'by its folder' };
  return document.nodeAt(['author'])?.kind === 'object' ? { foreign, reason: 'by its `author`' } : undefined;
}

/** The profile with the most fields of its own; none when nothing speaks for one, or as much for another. */
function bestMatch(document: ManifestDocument, known: readonly Profile[]): Profile | undefined {
  const scores = known
    .map(profile => ({
      profile,
      score: profile.marks.filter(mark => document.nodeAt([mark]) !== undefined).length,
    }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  return best === undefined || best.score === 0 || best.score === second?.score ? undefined : best.profile;
}
