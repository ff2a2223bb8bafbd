import { everyLanguage, type Rule } from '../rule.ts';

export const documentCookieRule: Rule = {
  id: 'PW-JS-DOCUMENT-COOKIE',
  title: 'Cookies of the host are reached',
  category: 'browser',
  cwe: 565,
  severity: 'warning',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'Cookies hold the sessions of the application that loads the plugin; reading them is how sessions are stolen.',
    remedy: "Keep the plugin's own values in the host's storage service.",
    bad: 'const all = document.cookie;',
    good: "const theme = await context.storage.get('theme');",
  },
  nodes: ['member_expression', 'subscript_expression'],
  check: (node, context) => {
    const key = node.child('property');
    // Only a computed key needs more than a look at its text.
    if (key && context.names.nameOf(key) !== 'cookie') return;
    if (context.names.pathOf(node) !== 'global.document.cookie') return;
    context.report(node, { message: '`document.cookie` reaches the cookies of the application.' });
  },
};
