import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

const STORES = ['global.localStorage', 'global.sessionStorage'];
const METHODS = ['getItem', 'setItem', 'removeItem', 'clear', 'key'];

export const webStorageRule: Rule = {
  id: 'PW-JS-WEB-STORAGE',
  title: "The browser's storage is used past the host",
  category: 'xss',
  cwe: 922,
  severity: 'info',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: "`localStorage` and `sessionStorage` are shared by the application and all plugins: they can read one another's data, and no permission guards it.",
    remedy: "Use the host's storage service, which keeps plugins apart.",
    bad: "localStorage.setItem('token', token);",
    good: "await context.storage.set('token', token);",
  },
  watches: [
    {
      on: 'call',
      of: STORES.flatMap(store => METHODS.map(method => `${store}.${method}`)),
      check: ({ node, paths }, context) => {
        const store = paths.some(path => path.startsWith('global.session'))
          ? 'sessionStorage'
          : 'localStorage';
        context.report(node, {
          message: `\`${store}\` is shared with the application and every other plugin.`,
        });
      },
    },
    {
      on: 'node',
      of: ['subscript_expression'],
      check: (node, context) => {
        const object = node.child('object');
        if (object === undefined || object.end - object.start > 40) return;
        if (!/^(?:window\.|globalThis\.)?(?:local|session)Storage$/.test(context.textOf(object))) return;
        context.report(node, {
          message: `\`${context.textOf(object)}\` is shared with the application and every other plugin.`,
        });
      },
    },
  ],
};
