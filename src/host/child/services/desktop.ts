import type { Clipboard, Notifications, Programs, Window } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';

/** The clipboard of whoever uses the host. */
export function createClipboard(link: HostLink): Clipboard {
  return {
    readText: () => link.call('clipboard/read', {}),
    writeText: async text => void (await link.call('clipboard/write', { text })),
  };
}

/** Messages to whoever uses the host. */
export function createNotifications(link: HostLink): Notifications {
  return {
    show: async (message, { level = 'info', actions = [], signal } = {}) => {
      const chosen = await link.call('notifications/show', { level, message, actions }, signal);
      return chosen ?? undefined;
    },
  };
}

/** Messages by the name of AI Hub's SDK. */
export function createWindow(notifications: Notifications): Window {
  const levels: Readonly<Record<string, 'info' | 'warning' | 'error'>> = {
    warning: 'warning',
    warn: 'warning',
    error: 'error',
  };
  return {
    showNotification: async (message, type = 'info') => {
      await notifications.show(message, { level: levels[type] ?? 'info' });
    },
  };
}

/** Programs that the host runs. */
export function createPrograms(link: HostLink): Programs {
  return {
    run: (command, args = [], { signal, ...options } = {}) =>
      link.call('process/run', { command, args, ...options }, signal),
  };
}
