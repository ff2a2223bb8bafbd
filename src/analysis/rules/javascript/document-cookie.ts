import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const documentCookieRule: Rule = {
  id: 'PW-JS-DOCUMENT-COOKIE',
  title: 'Cookies of the host are reached',
  category: 'xss',
  cwe: 565,
  severity: 'warning',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Cookies hold the sessions of the application that loads the plugin; reading them is how sessions are stolen.',
    remedy: "Keep the plugin's own values in the host's storage service.",
    bad: 'const all = document.cookie;',
    good: "const theme = await context.storage.get('theme');",
  },
  watches: [
    { on: 'read', of: ['global.document.cookie'], check: ({ node }, context) => report(node, context) },
    { on: 'write', of: ['global.document.cookie'], check: ({ node }, context) => report(node, context) },
  ],
};

function report(node: SyntaxNode, context: RuleContext): void {
  context.report(node, { message: '`document.cookie` reaches the cookies of the application.' });
}
