import { secretIn } from '../../manifest/secrets/index.ts';
import { everyLanguage, type Rule } from '../rule.ts';

export const secretRule: Rule = {
  id: 'PW-JS-SECRET',
  title: 'A key or token is written into the source',
  category: 'secrets',
  cwe: 798,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'Everyone who can read the plugin can use the key, and it stays in the history of the repository after it is taken out.',
    remedy: "Revoke it, then read its successor from the plugin's configuration when it runs.",
    bad: "const client = connect({ apiKey: 'ghp_…' });",
    good: 'const client = connect({ apiKey: context.config.apiKey });',
  },
  nodes: ['string', 'template_string', 'comment'],
  check: (node, context) => {
    if (node.end - node.start < 16) return;
    const value = node.type === 'comment' ? undefined : context.names.constantOf(node);
    const text = typeof value === 'string' ? value : context.names.textOf(node);
    const kind = secretIn(text);
    if (kind !== undefined) context.report(node, { message: `This looks like ${kind}.` });
  },
};
