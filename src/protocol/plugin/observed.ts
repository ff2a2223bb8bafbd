/**
 * What an SDK saw the plugin try by itself, past the host: a file or an address that the kernel refused. It is a
 * report, not a request; the host takes it as a hint and decides itself what it means.
 */
export interface ObservedNotification {
  readonly scope: 'filesystem' | 'network';
  readonly action: 'read' | 'write' | 'connect';
  /** An absolute path, or `host:port`. */
  readonly resource: string;
}
