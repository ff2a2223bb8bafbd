import type { Capability, PluginManifest } from '../../../manifest/index.ts';
import type { Desktop } from '../../services/desktop/index.ts';
import { findGrant, type Need } from '../capabilities.ts';
import type { HandlersOf, Verdict } from '../handler.ts';
import type { Rates } from '../rates.ts';

/** What the requests about the desktop work on. */
export interface DesktopPorts {
  readonly manifest: PluginManifest;
  readonly desktop: Desktop;
  readonly rates: Rates;
  /** What the plugin may do now. */
  capabilities(): readonly Capability[];
  /** Milliseconds since the epoch. */
  now(): number;
}

type Methods = 'clipboard/read' | 'clipboard/write' | 'notifications/show';

/** Answers the requests about the clipboard and about messages for people. */
export function desktopHandlers(ports: DesktopPorts): HandlersOf<Methods> {
  const { desktop, manifest } = ports;

  const grantOf = (needs: readonly Need[]): Capability | undefined => {
    for (const need of needs) {
      const grant = findGrant(ports.capabilities(), need, ports.now());
      if (grant !== undefined) return grant;
    }
    return undefined;
  };
  /** The first need stands for all of them where none is granted. */
  const verdict = (needs: readonly [Need, ...Need[]]): Verdict => ({
    need: needs.find(need => grantOf([need]) !== undefined) ?? needs[0],
    granted: grantOf(needs) !== undefined,
  });
  const clipboard = (how: string): readonly [Need] => [
    { scope: 'system', action: 'clipboard', resource: how },
  ];

  return {
    'clipboard/read': {
      check: () => verdict(clipboard('read')),
      run: (_, signal) => {
        ports.rates.use(grantOf(clipboard('read')));
        return desktop.readClipboard(signal);
      },
    },
    'clipboard/write': {
      check: () => verdict(clipboard('write')),
      run: async ({ text }, signal) => {
        ports.rates.use(grantOf(clipboard('write')));
        await desktop.writeClipboard(text, signal);
        return null;
      },
    },
    'notifications/show': {
      check: ({ level }) => verdict(notificationNeeds(manifest, level)),
      run: (notification, signal) => {
        ports.rates.use(grantOf(notificationNeeds(manifest, notification.level)));
        return desktop.show(notification, signal);
      },
    },
  };
}

/** The words of each plugin system for it: the Guide lets a plugin write to the window, the others name the service. */
function notificationNeeds({ profile }: PluginManifest, level: string): readonly [Need, ...Need[]] {
  const window: Need = { scope: 'ui', action: 'write', resource: 'notifications' };
  if (profile === 'guide') return [window];
  const service: Need = { scope: 'system', action: 'notifications', resource: level };
  return profile === 'logomesh' ? [service, { ...service, scope: 'ui' }] : [service];
}
