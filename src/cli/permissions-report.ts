import type { Examination } from '../analysis/examination/index.ts';
import type { Tightening } from '../analysis/permissions/index.ts';
import type { Finding } from '../base/index.ts';

/** A plugin whose permissions were compared. */
export interface ExaminedPlugin extends Examination {
  /** Absolute path of its manifest. */
  readonly file: string;
  readonly tightening: Tightening | undefined;
  readonly isWritten: boolean;
}

/** All that is printed. */
export interface PermissionsReport {
  readonly plugins: readonly ExaminedPlugin[];
  readonly findings: readonly Finding[];
  textOf(file: string): string | undefined;
}
