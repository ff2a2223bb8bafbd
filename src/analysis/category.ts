/** What kind of harm a rule is about; the set that reports use. */
export const categories = [
  'code-eval',
  'command-injection',
  'deserialization',
  'path-traversal',
  'ssrf',
  'weak-crypto',
  'tls-disabled',
  'secrets',
  'xss',
  'sql-injection',
  'prototype-pollution',
  'dynamic-import',
  'obfuscation',
  'exfiltration',
  'unsafe-memory',
  'other',
] as const;

export type Category = (typeof categories)[number];
