import { everyLanguage, type Rule } from '../rule.ts';

const STORES = ['global.localStorage', 'global.sessionStorage'];

export const webStorageRule: Rule = {
  id: 'PW-JS-WEB-STORAGE',
  title: "The browser's storage is used past the host",
  category: 'browser',
  cwe: 922,
  severity: 'warning',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: "`localStorage` and `sessionStorage` are shared by the application and all plugins: they can read one another's data, and no permission guards it.",
    remedy: "Use the host's storage service, which keeps plugins apart.",
    bad: "localStorage.setItem('token', token);",
    good: "await context.storage.set('token', token);",
  },
  nodes: ['member_expression', 'subscript_expression'],
  check: (node, context) => {
    const object = node.child('object');
    const path = object && context.names.pathOf(object);
    if (!object || path === undefined || !STORES.includes(path)) return;
    const name = path.slice('global.'.length);
    context.report(object, { message: `\`${name}\` is shared with the application and every other plugin.` });
  },
};
