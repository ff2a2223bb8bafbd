import * as v from 'valibot';
import { type NeedScope, needScopes } from '../permissions/index.ts';
import cargo from './cargo.json' with { type: 'json' };
import go from './go.json' with { type: 'json' };
import npm from './npm.json' with { type: 'json' };
import python from './python.json' with { type: 'json' };
import type { Ecosystem } from './read-packages.ts';

/** What a package is known to need, without anybody looking into it. */
export interface PackageNeed {
  readonly scope: NeedScope;
  readonly action: string;
  /** `*` where it is for the plugin to say. */
  readonly resource: string;
}

/** What is known of packages. */
export interface PackageKnowledge {
  /** The needs of a package; empty for one that has none, `undefined` for one that nobody has described. */
  needsOf(ecosystem: Ecosystem, name: string): readonly PackageNeed[] | undefined;
}

const needText = v.pipe(v.string(), v.regex(/^[a-z]+\/[a-z]+(?::.+)?$/iu));
const table = v.record(v.string(), v.array(needText));
/** A file of a person's own; what it says of a package takes the place of what is known here. */
const ownFile = v.object({
  npm: v.optional(table, {}),
  python: v.optional(table, {}),
  go: v.optional(table, {}),
  cargo: v.optional(table, {}),
});

type Tables = Readonly<Record<Ecosystem, Readonly<Record<string, readonly string[]>>>>;
const known: Tables = { npm, python, go, cargo };

/** What the workbench knows, and what people add to it. */
export function createPackageKnowledge(own: readonly Tables[] = []): PackageKnowledge {
  return {
    needsOf: (ecosystem, name) => {
      const key = ecosystem === 'python' ? plainName(name) : name;
      for (const tables of [...own.toReversed(), known]) {
        const found = lookUp(tables[ecosystem], key, ecosystem);
        if (found !== undefined) return found.flatMap(text => readNeed(text) ?? []);
      }
      return undefined;
    },
  };
}

/**
 * Reads a person's own file about packages: `{ "npm": { "my-client": ["network/connect:api.example.com"] } }`.
 *
 * @throws Error that says what is wrong with it
 */
export function readPackageFile(text: string): Tables {
  const decoded = v.safeParse(v.pipe(v.string(), v.parseJson(), ownFile), text);
  if (!decoded.success) {
    const [issue] = decoded.issues;
    const where = v.getDotPath(issue);
    throw new Error(`${where === null ? '' : `${where}: `}${issue.message}`);
  }
  return decoded.output;
}

function lookUp(
  packages: Readonly<Record<string, readonly string[]>>,
  name: string,
  ecosystem: Ecosystem,
): readonly string[] | undefined {
  if (Object.hasOwn(packages, name)) return packages[name];
  if (ecosystem === 'python') {
    const same = Object.keys(packages).find(key => plainName(key) === name);
    return same === undefined ? undefined : packages[same];
  }
  // Another major version of a module, or a package within one.
  const base = ecosystem === 'go' ? name.replace(/\/v\d+$/u, '') : name;
  const same = Object.keys(packages).find(key => ecosystem === 'go' && key.replace(/\/v\d+$/u, '') === base);
  return same === undefined ? undefined : packages[same];
}

/** Python's installers take `.`, `_` and `-` for the same, whatever the case (PEP 503). */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/gu, '-');
}

function readNeed(text: string): PackageNeed | undefined {
  const [, scope = '', action = '', resource = '*'] = /^([a-z]+)\/([a-z]+)(?::(.+))?$/iu.exec(text) ?? [];
  const found = needScopes.find(one => one === scope);
  return found === undefined ? undefined : { scope: found, action, resource };
}
