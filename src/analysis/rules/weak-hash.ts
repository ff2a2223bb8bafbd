import { everyLanguage, type Rule } from '../rule.ts';

const WEAK = new Set(['md2', 'md4', 'md5', 'sha', 'sha1', 'ripemd', 'ripemd160', 'rmd160']);
const HASHERS = new Set([
  'module:crypto.createHash',
  'module:crypto.hash',
  'module:crypto.webcrypto.subtle.digest',
  'module:crypto.subtle.digest',
  'global.crypto.subtle.digest',
]);

export const weakHashRule: Rule = {
  id: 'PW-JS-WEAK-HASH',
  title: 'A broken hash function is used',
  category: 'cryptography',
  cwe: 328,
  severity: 'warning',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'Different contents with the same MD5 or SHA-1 can be made on purpose: what is checked or signed by such a hash can be swapped.',
    remedy: 'Use SHA-256 or better; for passwords use `scrypt`.',
    bad: "createHash('md5').update(file).digest('hex');",
    good: "createHash('sha256').update(file).digest('hex');",
  },
  nodes: ['call_expression'],
  check: (node, context) => {
    const { callee, args } = context.callAt(node);
    if (callee === undefined || !HASHERS.has(callee)) return;
    const [algorithm] = args ?? [];
    const name = algorithm && context.names.constantOf(algorithm);
    if (algorithm === undefined || typeof name !== 'string') return;
    if (!WEAK.has(name.toLowerCase().replaceAll('-', ''))) return;
    const better = callee.includes('subtle') ? 'SHA-256' : 'sha256';
    const quote = context.names.textOf(algorithm).charAt(0);
    const literal = algorithm.type === 'string';
    context.report(algorithm, {
      message: `\`${name}\` can be forged.`,
      ...(literal
        ? {
            fix: context.replace(
              algorithm,
              `${quote}${better}${quote}`,
              `Replace \`${name}\` by \`${better}\``,
            ),
          }
        : {}),
    });
  },
};
