import type { SyntaxNode } from '../../syntax/node.ts';
import { tokenIn } from '../any/token.ts';
import type { Rule } from '../rule.ts';
import { go } from './languages.ts';

const NAME =
  /(?:passw(?:or)?d|passwd|passphrase|\bpwd\b|secret|api_?key|apikey|access_?key|private_?key|auth_?token|access_?token|signing_?key|encryption_?key|jwt_?key|client_?secret|credentials?|bearer)$|^(?:token|pw|pass|pwd)$/i;
const NOT_NAME =
  /(?:url|path|file|name|field|header|prefix|env|regex|pattern|label|param|column|format|endpoint|message|type|hint|prompt|placeholder|hash(?:ed)?|error|err|id|flag|usage|help|help\w*)$/i;
/** What stands where a secret will: a name of a variable, a sentence, an example. */
const PLACEHOLDER =
  /^(?:.{0,5}|<.*>|\$\{?.*|\{\{.*|%[svq]|x{3,}.*|\*+|\.{3}|changeme|change[-_ ]me.*|example.*|your[-_ ].*|todo.*|none|null|undefined|default|password|secret|token|test|dummy|redacted|\[.*\]|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:[-_.][a-z]+)+|https?:\/\/.*|\/.*|.*\s.*\s.*)$/i;
const PASSWORD = /passw|pwd$|passphrase|^(?:pass|pw)$/i;
const GAP =
  /^(?:<.*>|\$.*|\{\{.*|%[svqdw].*|x{3,}|\*+|\.{3}|-+|change[-_ ]?me.*|example.*|your[-_ ].*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|https?:.*|[./#@].*|redacted)$/i;
/** What a thing is called, not what it is. */
const WORD =
  /^(?:(?:current|new|old|user|my|the|db|enter|repeat|confirm)?[-_.]?(?:password|passwd|pwd|passphrase|pass)s?(?:[-_.]?(?:hash|field|input|confirm|again|reset|file))?|text|string|required|optional|hidden|plain|none|basic|bearer|true|false|null|test|dummy)$/i;
const WITH_PASSWORD =
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:([^@\s/{}$%<*]{3,})@|\bpassword=([^\s;&'"%${<*]{3,})|^[\w-]+:([^@\s%${]{3,})@tcp\(/i;

/** Variables, constants and fields named like secrets, with text in them. */
export const hardcodedSecretRule: Rule = {
  id: 'PW-GO-HARDCODED-SECRET',
  title: 'A password or key stands in the source',
  category: 'secrets',
  cwe: 798,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'Everyone who can read the source or the program has it, and it stays in the history after it is taken out.',
    remedy:
      'Read it from the configuration or the environment when the program starts, and change it where it is used.',
    bad: 'const dbPassword = "hunter2-Q9x"',
    good: 'import "os"\n\nvar dbPassword = os.Getenv("DB_PASSWORD")',
  },
  watches: [
    {
      on: 'node',
      of: ['interpreted_string_literal', 'raw_string_literal'],
      check: (node, context) => {
        if (node.end - node.start < 6 || node.end - node.start > 600) return;
        const value = context.text.slice(node.start + 1, node.end - 1);
        const inAddress = WITH_PASSWORD.exec(value);
        if (inAddress !== null) {
          const password = inAddress[1] ?? inAddress[2] ?? inAddress[3] ?? '';
          const isPlaceholder = /^(?:password|pass|secret|pwd|user|xxx+|\*+)$/i.test(password);
          if (!isPlaceholder) context.report(node, { message: 'A password stands in this address.' });
          return;
        }
        const name = nameFor(node, context.textOf);
        if (name === undefined || !NAME.test(name) || NOT_NAME.test(name)) return;
        if (value.toLowerCase().startsWith(name.toLowerCase())) return;
        if (!(PASSWORD.test(name) ? isPassword(value) : isKey(value)) || tokenIn(value) !== undefined) return;
        context.report(node, { message: `\`${name}\` stands in the source.` });
      },
    },
  ],
};

/** People choose words. */
function isPassword(text: string): boolean {
  return text.length >= 4 && !/\s/.test(text) && !GAP.test(text) && !WORD.test(text);
}

function isKey(text: string): boolean {
  return !PLACEHOLDER.test(text) && new Set(text).size >= 5 && /[\d\W_]|[a-z][A-Z]/.test(text);
}

/** The name of what a literal is given to: a variable, a constant, a field, a key. */
function nameFor(literal: SyntaxNode, textOf: (node: SyntaxNode) => string): string | undefined {
  let node = literal;
  let parent = node.parent;
  // `[]byte("…")` is the same secret.
  if (parent?.type === 'type_conversion_expression') {
    node = parent;
    parent = node.parent;
  }
  if (parent?.type === 'literal_element' && parent.parent?.type === 'keyed_element') {
    const key = parent.parent.child('key');
    if (key === undefined || key === parent) return undefined;
    return textOf(key).replace(/^["`]|["`]$/g, '');
  }
  if (parent?.type === 'binary_expression') {
    const operator = parent.child('operator');
    const other = node.field === 'left' ? parent.child('right') : parent.child('left');
    if (other === undefined || operator === undefined || !/^[=!]=$/.test(textOf(operator))) return undefined;
    return lastName(other, textOf);
  }
  if (parent?.type !== 'expression_list') return undefined;
  const place = parent.children.filter(child => child.type !== 'comment').indexOf(node);
  const owner = parent.parent;
  const left = owner?.child('left');
  const names =
    left === undefined
      ? (owner?.children.filter(child => child.field === 'name' && child.type !== ',') ?? [])
      : left.children.filter(child => child.type !== 'comment');
  const name = names[place];
  return name === undefined ? undefined : lastName(name, textOf);
}

function lastName(node: SyntaxNode, textOf: (node: SyntaxNode) => string): string | undefined {
  if (node.type === 'identifier') return textOf(node);
  const field = node.type === 'selector_expression' ? node.child('field') : undefined;
  return field && textOf(field);
}
