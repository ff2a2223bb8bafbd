import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { messageOf } from '../../base/index.ts';
import type { WriteFileAtomically } from '../atomic-file.ts';
import type { BareCapability } from './capability-key.ts';

/** Somebody's yes to a capability. */
export interface Approval {
  readonly capability: BareCapability;
  readonly grantedBy: string;
  /** Milliseconds since the epoch. */
  readonly grantedAt: number;
  readonly expiresAt?: number | undefined;
}

/** What was approved of one version of a plugin. Revoked capabilities are in `declined`. */
export interface VersionApprovals {
  /** Real path of the plugin's folder: another plugin that takes the same id is asked about anew. */
  readonly dir: string;
  readonly approvals: readonly Approval[];
  /** What was taken back on purpose: it is not asked for again, and not granted. */
  readonly declined: readonly BareCapability[];
}

/** The approvals of one plugin on disk. */
export interface GrantStore {
  /** What holds for a version, in the folder it was approved in. */
  of(version: string, dir: string): VersionApprovals | undefined;
  /** The approvals of the version that was approved last, in that folder. */
  latest(dir: string): VersionApprovals | undefined;
  save(version: string, approvals: VersionApprovals): Promise<void>;
}

const scope = v.picklist([
  'filesystem',
  'network',
  'storage',
  'memory',
  'ai',
  'ui',
  'system',
  'process',
  'environment',
]);
const number = v.optional(v.number());
const capability = v.object({
  scope,
  action: v.string(),
  resource: v.string(),
  restrictions: v.object({
    protocols: v.optional(v.array(v.string())),
    methods: v.optional(v.array(v.string())),
    maxBytes: number,
    maxTokens: number,
    ratePerMinute: number,
    expiresAt: number,
  }),
});
const fileSchema = v.object({
  versions: v.array(
    v.object({
      version: v.string(),
      dir: v.string(),
      approvals: v.array(
        v.object({
          capability,
          grantedBy: v.string(),
          grantedAt: v.number(),
          expiresAt: number,
        }),
      ),
      declined: v.array(capability),
    }),
  ),
});
type Stored = v.InferOutput<typeof fileSchema>['versions'][number];

/** Versions whose approvals are remembered. */
const KEPT_VERSIONS = 50;

/** Opens `<dir>/grants.json`. One that can't be read grants nothing, with a warning. */
export async function openGrantStore(options: {
  readonly dir: string;
  readonly write: WriteFileAtomically;
  readonly warn: (message: string) => void;
}): Promise<GrantStore> {
  const file = path.join(options.dir, 'grants.json');
  let versions = await readStored(file, options.warn);
  let last: Promise<void> = Promise.resolve();
  return {
    of: (version, dir) => plain(versions.find(stored => stored.version === version && stored.dir === dir)),
    latest: dir => plain(versions.find(stored => stored.dir === dir)),
    save: (version, approvals) => {
      const others = versions.filter(stored => stored.version !== version || stored.dir !== approvals.dir);
      versions = [{ version, ...(approvals as Omit<Stored, 'version'>) }, ...others].slice(0, KEPT_VERSIONS);
      const text = `${JSON.stringify({ versions }, null, 2)}\n`;
      const done = last.then(() => options.write(file, text));
      last = done.catch(() => {});
      return done;
    },
  };
}

/** JSON has no fields that are undefined; the types of the canonical model want none either. */
function plain(stored: Stored | undefined): VersionApprovals | undefined {
  return stored && (JSON.parse(JSON.stringify(stored)) as VersionApprovals);
}

async function readStored(file: string, warn: (message: string) => void): Promise<Stored[]> {
  try {
    return v.parse(fileSchema, JSON.parse(await readFile(file, 'utf8'))).versions;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      warn(`The stored approvals in ${file} can't be read (${messageOf(error)}); nothing is approved.`);
    }
    return [];
  }
}
