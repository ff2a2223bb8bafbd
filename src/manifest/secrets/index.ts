/** Formats that issuers publish so that scanners can find leaks; each is too long to come about by chance. */
const formats: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'an AWS access key id', pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/u },
  { name: 'a GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})/u },
  { name: 'a GitLab token', pattern: /(?<![A-Za-z0-9])glpat-[\w-]{20,}/u },
  { name: 'an Anthropic key', pattern: /(?<![A-Za-z0-9])sk-ant-[\w-]{32,}/u },
  {
    name: 'an OpenAI key',
    pattern: /(?<![A-Za-z0-9])sk-(?!ant-)(?:[A-Za-z0-9]{40,}|(?:proj|svcacct|admin)-[\w-]{32,})/u,
  },
  { name: 'a Google API key', pattern: /(?<![A-Za-z0-9])AIza[\w-]{35}(?![\w-])/u },
  { name: 'a Slack token', pattern: /(?<![A-Za-z0-9])xox[abprs]-[\w-]{20,}/u },
  { name: 'a Stripe key', pattern: /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{20,}/u },
  { name: 'an npm token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/u },
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/u },
];

/** What kind of key or token stands in a text, such as "a GitHub token"; `undefined` when none is recognised. */
export function secretIn(text: string): string | undefined {
  if (text.length < 16) return undefined;
  return formats.find(({ pattern }) => {
    const match = pattern.exec(text);
    // The vendors' documentation uses keys that end in EXAMPLE.
    return match !== null && !match[0].endsWith('EXAMPLE');
  })?.name;
}
