import { closeSync, openSync, readlinkSync } from 'node:fs';
import { type Disposable, toDisposable } from '../../base/index.ts';
import type { SandboxPolicy } from '../port.ts';
import { bindsOf } from './arguments.ts';
import { linked } from './policy-check.ts';

/** The granted paths of a policy, each held open so that nobody can swap it before it is bound. */
export interface OpenGrants extends Disposable {
  /** Granted path → descriptor in this process. */
  readonly descriptors: ReadonlyMap<string, number>;
}

/** Linux's O_PATH: names a file without the right to read it. Node has no constant for it. */
const namesOnly = 0o10000000;

/**
 * Opens what the manifest granted and looks where each one really is: between the check of a policy and its bind,
 * another plugin could have put a link in its place.
 *
 * @throws WorkbenchError `PW-SANDBOX-START` when a path is not where it was granted.
 */
export function openGrants(policy: SandboxPolicy): OpenGrants {
  const descriptors = new Map<string, number>();
  const closing = toDisposable(() => {
    for (const fd of descriptors.values()) closeSync(fd);
  });
  try {
    for (const { from, granted } of bindsOf(policy)) {
      if (!granted) continue;
      const fd = openSync(from, namesOnly);
      descriptors.set(from, fd);
      const place = readlinkSync(`/proc/self/fd/${fd}`);
      if (place !== from) throw linked(from, place);
    }
  } catch (error) {
    closing.dispose();
    throw error;
  }
  return { descriptors, dispose: () => closing.dispose() };
}
