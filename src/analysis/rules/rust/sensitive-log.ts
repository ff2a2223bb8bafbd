import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { rust } from './languages.ts';

const LOGS = new Set([
  'println',
  'eprintln',
  'print',
  'eprint',
  'info',
  'warn',
  'error',
  'debug',
  'trace',
  'log',
  'dbg',
  'event',
]);

const SECRET =
  /^(?:\w*_)?(?:passwords?|passwd|pwd|passphrase|secret(?:_key)?|api_?key|access_?token|auth_?token|refresh_?token|session_?token|bearer_?token|private_?key|credit_?card(?:_number)?|ssn|cvv|pin_code|mnemonic|seed_phrase|client_?secret|encryption_key)$/i;
const HARMLESS =
  /^(?:len|is_empty|is_some|is_none|is_ok|is_err|hash|id|chars|exists|kind|code|redacted|masked)$/;

/** The name of a secret among the tokens of a log's macro, in the arguments or in its `{name}`. */
function secretIn(tokens: SyntaxNode, context: RuleContext): string | undefined {
  const parts = tokens.children;
  for (const [index, part] of parts.entries()) {
    if (part.type === 'token_tree') {
      // `println!("{}", format!("…", password))`.
      const before = parts[index - 1];
      const isFormat = before?.type === 'identifier' && context.textOf(before) === 'format';
      const inside = isFormat ? secretIn(part, context) : undefined;
      if (inside !== undefined) return inside;
      continue;
    }
    if (part.type === 'identifier') {
      const next = parts[index + 1];
      const between = next === undefined ? '' : context.text.slice(part.end, next.start).trim();
      const name = context.textOf(part);
      if (!SECRET.test(name)) continue;
      // `password.len()`, `mask(password)`, `password = "…"` (a field's name) show no secret.
      if (between === '.' && next !== undefined && HARMLESS.test(context.textOf(next))) continue;
      if (
        between === '.' &&
        next?.type === 'identifier' &&
        !SECRET.test(context.textOf(next)) &&
        parts[index + 2]?.type !== 'token_tree'
      )
        continue;
      if (next?.type === 'token_tree' && between === '') continue;
      if (/^[=:](?!:)/.test(between)) continue;
      return name;
    }
    if (part.type === 'string_literal') {
      for (const [, name = ''] of context.textOf(part).matchAll(/\{(\w+)(?::[^}]*)?\}/g))
        if (SECRET.test(name)) return name;
    }
  }
  return undefined;
}

export const sensitiveLogRule: Rule = {
  id: 'PW-RS-SENSITIVE-LOG',
  title: 'A secret is written to the log',
  category: 'exfiltration',
  cwe: 532,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Logs are kept for long, copied and read by many: a password in one is known to all of them.',
    remedy: 'Log that it was there, or a few of its characters, never the secret itself.',
    bad: `fn login(password: &str) {
    println!("logging in with {}", password);
}`,
    good: `fn login(user: &str, password: &str) {
    println!("logging in as {}", user);
}`,
  },
  watches: [
    {
      on: 'node',
      of: ['macro_invocation'],
      check: (node, context) => {
        const macro = node.child('macro');
        const name = macro && context.textOf(macro).split('::').at(-1);
        if (macro === undefined || name === undefined || !LOGS.has(name)) return;
        const tokens = node.children.find(({ type }) => type === 'token_tree');
        const found = tokens && secretIn(tokens, context);
        if (found === undefined) return;
        context.report(node, { message: `\`${found}\` is written to the log.` });
      },
    },
  ],
};
