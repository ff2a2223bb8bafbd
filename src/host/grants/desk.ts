import { WorkbenchError } from '../../base/index.ts';
import { readAudit } from '../broker/read-audit.ts';
import type { DebugHost } from '../host-api.ts';
import { readPluginSource } from '../plugin/plugin-source.ts';
import type { Population } from '../population.ts';
import type { Starter } from '../starter.ts';
import { findStoredPlugin } from '../stored-plugin.ts';

/** The part of a host by which people approve, look at and change what plugins may do. */
export type GrantDesk = Pick<
  DebugHost,
  'approvalRequest' | 'approve' | 'grants' | 'giveGrant' | 'narrowGrant' | 'revokeGrant' | 'readAudit'
>;

/** Makes that part. */
export function createGrantDesk(
  population: Population,
  starter: Pick<Starter, 'grantsOf' | 'approve'>,
  dataDir: string,
): GrantDesk {
  const grantsOf = (pluginId: string) => population.find(pluginId).grants;
  return {
    approvalRequest: async (dir, tenant) => {
      const grants = await starter.grantsOf(await readPluginSource(dir), tenant);
      try {
        return grants.request();
      } finally {
        grants.dispose();
      }
    },
    approve: async ({ pluginId, version, dir, tenant, capabilities, grantedBy = 'user', expiresAt }) => {
      const source = await readPluginSource(dir);
      const { manifest } = source;
      if (manifest.id !== pluginId || manifest.version !== version) {
        const message = `The manifest in ${dir} is now of ${manifest.id} ${manifest.version}, not ${pluginId} ${version}.`;
        throw new WorkbenchError('PW-APPROVAL-STALE', message, { nextStep: 'Look at what it asks for now.' });
      }
      const by = { grantedBy, expiresAt };
      // Those that run share the store with those to come, but hold their own view of it.
      const live = population
        .ofTenant(tenant)
        .filter(plugin => plugin.dir === source.dir && plugin.source.manifest.version === version);
      if (live.length > 0) {
        for (const plugin of live) await plugin.grants.approve(capabilities, by);
        return;
      }
      await starter.approve(source, tenant, capabilities, by);
    },
    grants: pluginId => grantsOf(pluginId).list(),
    giveGrant: async ({ pluginId, key, expiresAt }) => {
      const grants = grantsOf(pluginId);
      await grants.give(key, expiresAt);
      return grants.list();
    },
    narrowGrant: async ({ pluginId, key, resource, expiresAt }) => {
      const grants = grantsOf(pluginId);
      await grants.narrow(key, resource, expiresAt);
      return grants.list();
    },
    revokeGrant: async ({ pluginId, key }) => {
      const grants = grantsOf(pluginId);
      await grants.revoke(key);
      return grants.list();
    },
    readAudit: async ({ pluginId, ...query }) => {
      const data = population.get(pluginId)?.data;
      await data?.audit.flush();
      return readAudit(data?.dir ?? (await findStoredPlugin(dataDir, pluginId)), query);
    },
  };
}
