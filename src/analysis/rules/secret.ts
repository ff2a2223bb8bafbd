import { everyLanguage, type Rule } from '../rule.ts';

/** Formats that issuers publish so that scanners can find leaks; each is too long to come about by chance. */
const FORMATS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'an AWS access key id', pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/ },
  { name: 'a GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})/ },
  { name: 'a GitLab token', pattern: /(?<![A-Za-z0-9])glpat-[\w-]{20,}/ },
  { name: 'an Anthropic key', pattern: /(?<![A-Za-z0-9])sk-ant-[\w-]{32,}/ },
  {
    name: 'an OpenAI key',
    pattern: /(?<![A-Za-z0-9])sk-(?!ant-)(?:[A-Za-z0-9]{40,}|(?:proj|svcacct|admin)-[\w-]{32,})/,
  },
  { name: 'a Google API key', pattern: /(?<![A-Za-z0-9])AIza[\w-]{35}(?![\w-])/ },
  { name: 'a Slack token', pattern: /(?<![A-Za-z0-9])xox[abprs]-[\w-]{20,}/ },
  { name: 'a Stripe key', pattern: /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{20,}/ },
  { name: 'an npm token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/ },
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
];

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
    for (const { name, pattern } of FORMATS) {
      const match = pattern.exec(text);
      // The vendors' documentation uses keys that end in EXAMPLE.
      if (match === null || match[0].endsWith('EXAMPLE')) continue;
      context.report(node, { message: `This looks like ${name}.` });
      return;
    }
  },
};
