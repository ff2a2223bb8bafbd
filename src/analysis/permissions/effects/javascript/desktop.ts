import type { Effect } from '../../effect.ts';

/** Calls of JavaScript about what people see. */
export const desktopEffects: readonly Effect[] = [
  {
    call: [
      'clipboardy.read',
      'clipboardy.readSync',
      'clipboardy.default.read',
      'clipboardy.default.readSync',
      'global.navigator.clipboard.readText',
      'global.navigator.clipboard.read',
    ],
    scope: 'system',
    action: 'clipboard',
    resource: 'read',
    does: 'reads the clipboard',
  },
  {
    call: [
      'clipboardy.write',
      'clipboardy.writeSync',
      'clipboardy.default.write',
      'clipboardy.default.writeSync',
      'global.navigator.clipboard.writeText',
      'global.navigator.clipboard.write',
    ],
    scope: 'system',
    action: 'clipboard',
    resource: 'write',
    does: 'writes to the clipboard',
  },
  {
    call: ['global.Notification', 'node-notifier.notify', 'node-notifier.default.notify'],
    scope: 'system',
    action: 'notifications',
    does: 'shows a notification',
  },
];
