import type { Severity } from '../../base/index.ts';

/** What a code of a permission finding stands for. */
export interface PermissionCode {
  readonly severity: Severity;
  /** One sentence: when it is reported. */
  readonly summary: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Every code a finding about permissions can have. */
export const permissionCodes = {
  'PW-PERM-UNDECLARED': {
    severity: 'warning',
    summary: 'The source does something the manifest does not grant.',
    why: 'It is refused in every run: what the plugin wants to do there fails.',
    remedy: 'Grant it in the manifest, if the plugin should be able to do it; else take the code out.',
  },
  'PW-PERM-UNGRANTABLE': {
    severity: 'info',
    summary: 'The source does something that manifests of its plugin system have no words for.',
    why: 'It is refused in the sandbox, and no manifest can change that.',
    remedy: 'Ask the host for it by the SDK, or make sure that the plugin works without it.',
  },
  'PW-PERM-REFUSED': {
    severity: 'warning',
    summary: 'Something was refused in runs that neither the manifest grants nor the source shows.',
    why: 'Either a package does it, or the source hides it well.',
    remedy: 'Find out what does it before you grant it.',
  },
  'PW-PERM-UNUSED': {
    severity: 'info',
    summary: 'The manifest grants something that neither the source nor any run makes use of.',
    why: 'People are asked to approve more than the plugin needs, and whoever takes it over gets it all.',
    remedy: 'Take it out of the manifest.',
  },
  'PW-PERM-WIDER': {
    severity: 'info',
    summary: 'The manifest grants more than the source and the runs make use of.',
    why: 'A narrower permission would do, and is approved more readily.',
    remedy: 'Replace it by what is used.',
  },
  'PW-PERM-DENIED': {
    severity: 'info',
    summary: 'The manifest grants something that was refused each time it was tried.',
    why: 'Nobody has approved it, it has ended, or it is not what the plugin asks for.',
    remedy: 'Approve it, or take it out of the manifest.',
  },
} as const satisfies Record<string, PermissionCode>;

export type PermissionCodeName = keyof typeof permissionCodes;
