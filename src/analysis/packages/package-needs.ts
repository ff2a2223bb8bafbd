import type { Need } from '../permissions/index.ts';
import { mergeNeeds } from '../permissions/index.ts';
import type { PackageKnowledge } from './knowledge.ts';
import type { UsedPackage } from './read-packages.ts';

/** What the packages of a plugin come to. */
export interface PackageNeeds {
  /** Each with the packages as its evidence, of which only habits are known. */
  readonly needs: readonly Need[];
  /** Packages nobody has described; they may need anything. */
  readonly unknown: readonly UsedPackage[];
}

/** What the packages of a plugin are known to need. */
export function packageNeeds(packages: readonly UsedPackage[], knowledge: PackageKnowledge): PackageNeeds {
  const unknown: UsedPackage[] = [];
  const needs = packages.flatMap(used => {
    const known = knowledge.needsOf(used.ecosystem, used.name);
    if (known === undefined) unknown.push(used);
    return (known ?? []).map(
      (need): Need => ({
        ...need,
        evidence: [
          {
            file: used.file,
            range: used.range,
            why: `\`${used.name}\` is known to ${habit(need)}`,
            confidence: 'low',
            through: 'package',
          },
        ],
      }),
    );
  });
  return { needs: mergeNeeds(needs), unknown };
}

const habits: Readonly<Record<string, string>> = {
  'filesystem/read': 'read files',
  'filesystem/write': 'write files',
  'network/connect': 'reach other machines',
  'network/listen': 'listen for connections',
  'process/run': 'start programs',
  'environment/read': 'read environment variables',
  'native/load': 'load native code',
  'worker/start': 'start workers',
  'system/clipboard': 'use the clipboard',
  'system/notifications': 'show notifications',
};

function habit({ scope, action }: Pick<Need, 'scope' | 'action'>): string {
  const key = `${scope}/${action}`;
  return (Object.hasOwn(habits, key) ? habits[key] : undefined) ?? `need ${scope} ${action}`;
}
