import type { Effect } from '../../effect.ts';

/** Calls of Python about what people see. */
export const desktopEffects: readonly Effect[] = [
  {
    call: ['pyperclip.paste'],
    scope: 'system',
    action: 'clipboard',
    resource: 'read',
    does: 'reads the clipboard',
  },
  {
    call: ['pyperclip.copy'],
    scope: 'system',
    action: 'clipboard',
    resource: 'write',
    does: 'writes to the clipboard',
  },
  {
    call: ['plyer.notification.notify', 'notify2.Notification', 'win10toast.ToastNotifier.show_toast'],
    scope: 'system',
    action: 'notifications',
    does: 'shows a notification',
  },
];
