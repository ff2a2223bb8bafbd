import type { HostToPluginRequests } from '../../protocol/plugin/index.ts';

/** What answers each request of the host. */
export type Handlers = {
  [M in keyof HostToPluginRequests]: (
    params: HostToPluginRequests[M][0],
    signal: AbortSignal,
  ) => HostToPluginRequests[M][1] | Promise<HostToPluginRequests[M][1]>;
};
