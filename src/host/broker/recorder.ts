import { ErrorCode, type PermissionDenial } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { AuditEntry } from './audit.ts';
import type { Need } from './capabilities.ts';

/** A need with what only the manifest line depends on. */
export type DescribedNeed = Need & { readonly protocol?: string | undefined };

/** What a recorder is made from. */
export interface RecorderPorts {
  audit(entry: AuditEntry): void;
  /** The manifest line that would allow a need, in the manifest's own dialect. */
  describeGrant(need: DescribedNeed): string;
  /** Whether the manifest asks for that and only the approval is missing. Default: never. */
  isWithheld?(need: DescribedNeed): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Writes every decision about a plugin down. */
export interface Recorder {
  allow(need: Need): void;
  /** Writes a refusal down and gives it. @param why ends the first sentence: `it is /etc/passwd` */
  deny(need: DescribedNeed, why?: string): WireError;
}

/** Makes the recorder of one instance. */
export function createRecorder({ audit, describeGrant, isWithheld, now }: RecorderPorts): Recorder {
  const entry = ({ scope, action, resource }: Need, allowed: boolean) => ({
    timestamp: now(),
    scope,
    action,
    resource,
    allowed,
  });
  return {
    allow: need => audit(entry(need, true)),
    deny: (need, why) => {
      const { scope, action, resource } = need;
      const grant = describeGrant(need);
      const isThere = isWithheld?.(need) === true;
      // A line that stands there already is none to add.
      audit({ ...entry(need, false), ...(isThere ? {} : { grant }) });
      const denial: PermissionDenial = { scope, action, resource, grant };
      const what = `${scope} ${action} for "${resource}"`;
      const reason = why ? `: ${why}` : '';
      return new WireError(
        ErrorCode.PermissionDenied,
        isThere
          ? `The manifest asks for ${what}, but nobody has approved it${reason}. Run the plugin again to be asked.`
          : `The manifest doesn't grant ${what}${reason}. Add to it: ${grant}`,
        denial,
      );
    },
  };
}
