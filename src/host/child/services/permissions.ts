import { Emitter } from '../../../base/index.ts';
import type { Permissions } from '../../../sdk/node/package/index.d.ts';

/** What the plugin hears of its permissions. */
export interface PermissionService {
  readonly api: Permissions;
  /** The host has said that they have changed. */
  changed(): void;
}

/**
 * Makes the service.
 *
 * @param onError receives what a listener throws
 */
export function createPermissions(onError: (error: unknown) => void): PermissionService {
  const changes = new Emitter<void>(onError);
  return { api: { onDidChange: changes.event }, changed: () => changes.fire() };
}
