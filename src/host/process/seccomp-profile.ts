import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import { syscallNames } from '../../sandbox/index.ts';

/** The file in a plugin's folder that may tighten the system call filter, in the form container engines use. */
export const SECCOMP_FILE = 'seccomp.json';

const MAX_BYTES = 1024 * 1024;

const action = v.pipe(v.string(), v.startsWith('SCMP_ACT_'));
const schema = v.object({
  defaultAction: action,
  syscalls: v.optional(
    v.array(
      v.object({
        names: v.array(v.string()),
        action,
        args: v.optional(v.nullable(v.array(v.unknown()))),
        includes: v.optional(v.nullable(v.object({ caps: v.optional(v.array(v.string())) }))),
      }),
    ),
    [],
  ),
});

/** What a plugin's own profile comes to. */
export interface SeccompTightening {
  /** Names of the calls to refuse. */
  readonly refusedCalls: readonly string[];
  /** What of the profile has no effect, and why; one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads the profile in a plugin's folder; `undefined` when there is none. It can only take away: what the workbench's
 * own filter refuses stays refused, whatever the profile allows.
 *
 * @throws WorkbenchError `PW-PLUGIN-SECCOMP` when the file is there and can't be used
 */
export async function readSeccompProfile(pluginDir: string): Promise<SeccompTightening | undefined> {
  const file = path.join(pluginDir, SECCOMP_FILE);
  const stats = await lstat(file).catch(() => undefined);
  if (stats === undefined) return undefined;
  const fail = (why: string, cause?: unknown): never => {
    throw new WorkbenchError('PW-PLUGIN-SECCOMP', `The system call profile ${file} can't be used: ${why}`, {
      nextStep: 'Mend it, or remove it: the workbench’s own filter holds in any case.',
      cause,
      details: { location: { file, line: 1, column: 1 } },
    });
  };
  if (!stats.isFile()) return fail('it is not a file.');
  if (stats.size > MAX_BYTES) return fail('it is larger than 1 MiB.');
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return fail(messageOf(error), error);
  }
  const decoded = v.safeParse(schema, json);
  if (!decoded.success) {
    const [issue] = decoded.issues;
    return fail(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}.`);
  }
  return tighten(decoded.output);
}

/** Turns a profile into the calls it refuses. */
export function tighten({ defaultAction, syscalls }: v.InferOutput<typeof schema>): SeccompTightening {
  const notes = new Set<string>();
  const allows = (name: string): boolean => name === 'SCMP_ACT_ALLOW' || name === 'SCMP_ACT_LOG';
  const refused = new Set(allows(defaultAction) ? [] : syscallNames);
  for (const rule of syscalls) {
    // A plugin has no capabilities, so what a profile allows to their holders is not for it.
    if (rule.includes?.caps?.length) continue;
    const conditional = (rule.args?.length ?? 0) > 0;
    for (const name of rule.names) {
      if (!syscallNames.includes(name))
        notes.add(`The profile names "${name}", which is no known system call.`);
      if (allows(rule.action)) refused.delete(name);
      else if (conditional) notes.add(`The profile’s condition on the arguments of "${name}" has no effect.`);
      else refused.add(name);
    }
  }
  return { refusedCalls: [...refused], notes: [...notes] };
}
