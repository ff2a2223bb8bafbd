import type { ManifestDocument } from './document.ts';
import { stringAt } from './meaning/values.ts';
import { type Profile, profiles } from './profiles/index.ts';

/** Which plugin system a manifest is for; `foreign` names a known one that is not ours to judge. */
export interface Detection {
  readonly profile?: Profile;
  readonly foreign?: string;
}

/** Decides by `$schema`, then by the fields; empty when neither tells. The file's name is never enough. */
export function detectProfile(document: ManifestDocument): Detection {
  const uri = stringAt(document, ['$schema']);
  const named = uri === undefined ? undefined : profileOfSchema(uri);
  if (named !== undefined) return { profile: named };
  const foreign = foreignSystem(document, uri);
  if (foreign !== undefined) return { foreign };
  const profile = bestMatch(document);
  if (profile !== undefined) return { profile };
  return uri === undefined ? {} : { foreign: `the system of ${uri}` };
}

function profileOfSchema(uri: string): Profile | undefined {
  return profiles.find(
    profile => profile.schemaUris.includes(uri) || `/${uri}`.endsWith(`/${profile.id}.schema.json`),
  );
}

const agentFields = ['agents', 'skills', 'hooks', 'mcpServers', 'lspServers', 'outputStyles', 'rules'];

/** Other systems that call their manifest `plugin.json`. */
function foreignSystem(document: ManifestDocument, uri: string | undefined): string | undefined {
  const has = (key: string) => document.nodeAt([key]) !== undefined;
  if (uri !== undefined && /^https?:\/\/agent-plugins\.org\//u.test(uri)) return 'Agent Plugins';
  if (uri !== undefined && /\bgrafana\b/u.test(uri)) return 'Grafana';
  const type = stringAt(document, ['type']) ?? '';
  const isGrafana =
    ['panel', 'datasource', 'app', 'renderer'].includes(type) && (has('info') || has('includes'));
  if (isGrafana || document.nodeAt(['dependencies', 'grafanaDependency']) !== undefined) return 'Grafana';
  const inAgentFolder = /[\\/]\.(?:claude-plugin|cursor-plugin|plugin)[\\/][^\\/]+$/u.test(document.file);
  const authorKind = document.nodeAt(['author'])?.kind;
  if (agentFields.some(has) || (has('name') && (authorKind === 'object' || inAgentFolder)))
    return 'agent plugins (Claude style)';
  return undefined;
}

/** The profile with the most fields of its own; none when nothing speaks for one, or as much for another. */
function bestMatch(document: ManifestDocument): Profile | undefined {
  const scores = profiles
    .map(profile => ({
      profile,
      score: profile.marks.filter(mark => document.nodeAt([mark]) !== undefined).length,
    }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  return best === undefined || best.score === 0 || best.score === second?.score ? undefined : best.profile;
}
