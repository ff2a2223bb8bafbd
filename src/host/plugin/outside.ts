import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { type Capability, describeGrant, manifestFileNames } from '../../manifest/index.ts';
import type { Sandbox, SandboxPolicy } from '../../sandbox/index.ts';
import { createProxy, listenInside } from '../../sandbox/network/index.ts';
import type { AuditEntry } from '../broker/audit.ts';
import { isWithheld } from '../broker/capabilities.ts';
import type { DesktopPorts } from '../broker/handlers/desktop.ts';
import type { FilePorts } from '../broker/handlers/files.ts';
import type { NetworkPorts } from '../broker/handlers/network.ts';
import type { ProgramsPorts } from '../broker/handlers/programs.ts';
import { createRates } from '../broker/rates.ts';
import { createRecorder } from '../broker/recorder.ts';
import { systemPaths } from '../builds/system-paths.ts';
import { resolveGrants } from '../process/grants.ts';
import { type EffectiveLimits, watchedLimits } from '../process/limits.ts';
import { findProgram } from '../runtimes/find-program.ts';
import { type AskFrontEnd, createDesktop } from '../services/desktop/index.ts';
import { grantedEnvironment } from '../services/environment.ts';
import { createFileAccess, createFiles } from '../services/files/index.ts';
import { createFetch, createNetworkGuard } from '../services/network/index.ts';
import { createPrograms } from '../services/programs/index.ts';
import type { PluginSource } from './plugin-source.ts';

/** What one instance of a plugin reaches beyond the workbench: files, other machines, programs, the desktop. */
export interface Outside {
  /** What the broker needs to serve it. */
  readonly ports: FilePorts & NetworkPorts & Pick<DesktopPorts, 'desktop'> & Pick<ProgramsPorts, 'programs'>;
  /** The policy of the plugin's process, with what the grants change in it. */
  adapt(policy: SandboxPolicy): SandboxPolicy;
  /** Puts the proxy into the network namespace of the process; nothing where the plugin has no network. */
  attach(pid: number): Promise<void>;
  /** True when the grants have changed in a way that only a new process can take up. */
  isStale(): boolean;
  /** Ends what runs for the instance, and every connection of it. */
  dispose(): void;
}

/** What the outside is made from. */
export interface OutsidePorts {
  readonly source: PluginSource;
  readonly sandbox: Sandbox;
  readonly limits: EffectiveLimits;
  /** The environment of the user. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the plugin may do now. */
  capabilities(): readonly Capability[];
  audit(entry: AuditEntry): void;
  /** Hears the real path of what the host is about to write for the plugin. */
  onWrite(path: string): void;
  /** `undefined` where there are no people. */
  readonly askFrontEnd: AskFrontEnd | undefined;
}

/** Where the proxy listens inside; the customary port of HTTP proxies. */
const PROXY_PORT = 3128;

const TMP_BYTES = 64 * 1024 * 1024;

/** Where the certificates of the system stand inside. */
const CERTIFICATES_INSIDE = '/workbench/certificates.pem';

/** Makes the outside of one instance. */
export function createOutside(options: OutsidePorts): Outside {
  const { source, sandbox, limits, env, capabilities, audit } = options;
  const { manifest, dir } = source;
  const now = Date.now;
  const recorder = createRecorder({
    audit,
    now,
    describeGrant: need => describeGrant(manifest.profile, need),
    isWithheld: need => isWithheld(manifest.capabilities, capabilities(), need, now()),
  });
  const rates = createRates(now);
  const fileAccess = createFileAccess({
    pluginDir: dir,
    homeDir: homeOf(),
    capabilities,
    now,
    reserved: manifestFileNames,
    onWrite: options.onWrite,
    deny: (action, resource, why) => {
      throw recorder.deny({ scope: 'filesystem', action, resource }, why);
    },
  });
  const guard = createNetworkGuard({ capabilities, recorder, rates, now });
  const proxy = createProxy({ guard, maxConnections: limits.connections });
  const programs = createPrograms({
    sandbox,
    limits: watchedLimits(limits, [], sandbox.holds),
    locate: async command => {
      const isPlain = command.startsWith('/') || !command.includes('/');
      const search = { title: command, names: [command], env, pluginDir: dir };
      const found = isPlain
        ? await findProgram(command.startsWith('/') ? { ...search, chosen: command } : search)
        : undefined;
      return found?.file;
    },
    policy: async program => {
      const grants = await resolveGrants(capabilities(), dir);
      return {
        name: manifest.id,
        pluginDir: dir,
        runtimePaths: [...new Set([...systemPaths('none'), program])],
        mounts: [],
        readOnly: grants.readOnly,
        readWrite: grants.readWrite,
        env: { PATH: '/usr/bin:/bin', HOME: '/tmp', LANG: 'C.UTF-8' },
        tmpBytes: TMP_BYTES,
        fileHandles: limits.fileHandles,
        ceilings: { memoryBytes: limits.memoryBytes, cpuPercent: limits.cpuPercent },
      };
    },
  });
  const closing = new AbortController();
  const needsProxy = (): boolean => sandbox.level === 'sandboxed' && hasNetwork(capabilities());
  const hasProxy = needsProxy();
  const environment = grantedEnvironment(capabilities(), env, now());

  return {
    ports: {
      files: createFiles(fileAccess),
      fileAccess,
      rates,
      fetch: createFetch(guard, () => limits.connections - proxy.connections),
      desktop: createDesktop(manifest.id, options.askFrontEnd),
      programs,
    },
    adapt: policy => {
      for (const name of Object.keys(environment)) {
        recorder.allow({ scope: 'environment', action: 'read', resource: name });
      }
      // What the workbench itself sets stays as it is.
      const granted = { ...policy, env: { ...environment, ...policy.env } };
      return hasProxy ? withProxy(granted) : granted;
    },
    attach: async pid => {
      if (hasProxy) proxy.serve(await listenInside(pid, PROXY_PORT, closing.signal));
    },
    isStale: () =>
      needsProxy() !== hasProxy ||
      Object.keys(environment).join() !== Object.keys(grantedEnvironment(capabilities(), env, now())).join(),
    dispose: () => {
      closing.abort();
      proxy.dispose();
      programs.dispose();
    },
  };
}

function hasNetwork(capabilities: readonly Capability[]): boolean {
  return capabilities.some(({ scope }) => scope === 'network');
}

/** Ordinary libraries find the proxy by these; Node.js from 24 on, by the last. */
function withProxy(policy: SandboxPolicy): SandboxPolicy {
  const address = `http://127.0.0.1:${PROXY_PORT}`;
  const certificates = findCertificates();
  return {
    ...policy,
    network: 'entered',
    mounts: certificates
      ? [...policy.mounts, { from: certificates, to: CERTIFICATES_INSIDE }]
      : policy.mounts,
    env: {
      ...policy.env,
      HTTP_PROXY: address,
      HTTPS_PROXY: address,
      http_proxy: address,
      https_proxy: address,
      NO_PROXY: '',
      no_proxy: '',
      NODE_USE_ENV_PROXY: '1',
      ...(certificates ? { SSL_CERT_FILE: CERTIFICATES_INSIDE } : {}),
    },
  };
}

/** The public certificates in one file, by the customs of the distributions. */
function findCertificates(): string | undefined {
  const places = [
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/ssl/ca-bundle.pem',
    '/etc/ssl/cert.pem',
  ];
  for (const place of places) {
    try {
      return realpathSync(place);
    } catch {
      // Another distribution's.
    }
  }
  return undefined;
}

function homeOf(): string {
  try {
    return realpathSync(homedir());
  } catch {
    return homedir();
  }
}
