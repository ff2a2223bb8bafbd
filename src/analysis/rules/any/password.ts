import type { Value } from '../../ir/index.ts';
import type { Rule } from '../rule.ts';
import { eachNamedValue } from './ir-walk.ts';
import { withoutOwnPasswords } from './languages.ts';
import { entropyOf, isPlaceholder } from './placeholders.ts';
import { tokenIn } from './token.ts';

const PASSWORD =
  /(?:^|_)(?:passwords?|passwd|passwort|passphrase|pwd|pass_?word|db_pass|user_pass|smtp_pass|mysql_pass|admin_pass|root_pass)(?:_\d+)?$/;
const KEY =
  /(?:^|_)(?:secret|secret_?key|client_?secret|app_?secret|jwt_?secret|session_?secret|cookie_?secret|secret_?access_?key|shared_?secret|signing_?(?:key|secret)|encryption_?key|private_?key|master_?key|api_?key|apikey|api_?secret|api_?token|access_?key|access_?token|auth_?token|auth_?key|bearer_?token|refresh_?token|token|credentials?|aes_?key|hmac_?key|crypto_?key|consumer_?secret|webhook_?secret)(?:_\d+)?$/;
/** Names about a secret that are none: where it is, what it is called, how it is shown. */
const ABOUT =
  /(?:^|_)(?:hash(?:ed)?|url|uri|path|file|dir|field|label|header|param|name|type|prefix|suffix|regex|pattern|message|msg|error|hint|placeholder|title|text|format|policy|rule|column|selector|endpoint|env|var|id|length|min|max|old|confirm(?:ation)?|reset|forgot|public|csrf|xsrf|next|page|continuation|cancel(?:lation)?|cancel|stop|eos|bos|pad|unk|sep|cls|mask|special)(?:_|$)/;
const WORDS = /^[A-Za-z]+(?:[ _.:/-][A-Za-z]+)*[.:!?*]?$/;

/** Whether a constant under such a name is a secret that counts. */
function isSecret(name: string, text: string): boolean {
  const snake = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-. ]/g, '_')
    .toLowerCase();
  if (ABOUT.test(snake) || text.length > 512 || isPlaceholder(text)) return false;
  const plain = text.toLowerCase().replace(/[-_ .]/g, '');
  if (plain === snake.replaceAll('_', '')) return false;
  if (PASSWORD.test(snake)) return isPassword(text);
  return KEY.test(snake) && isKey(text);
}

function isPassword(text: string): boolean {
  if (text.length < 4 || /\s/.test(text) || /^(?:[A-Z][A-Z\d]*_)+[A-Z\d]+$/.test(text)) return false;
  if (/^(?:https?:|\/|\.\/|#|\$|@|%|\w+\(|data:|[\w-]+\.[\w.-]+\.\w{2,}$)/.test(text)) return false;
  // A word that only names the thing: a field, a kind of grant, a key of a form.
  return !/^(?:(?:current|new|old|user|my|the|enter|repeat|confirm)?[-_]?(?:password|passwd|pwd|passphrase|pass)s?(?:[-_]?(?:hash|field|input|confirm|again|reset|confirmation))?|text|string|required|optional|hidden|plain|none|basic|bearer)$/i.test(
    text,
  );
}

function isKey(text: string): boolean {
  if (text.length < 8 || /\s/.test(text) || /^(?:[A-Z][A-Z\d]*_)+[A-Z\d]+$/.test(text)) return false;
  if (
    /^(?:https?:|\/|\.\/|[#$@%]|\w+\(|[\w-]+(?:\.[\w-]+)+$)/.test(text) &&
    !/^[\w-]{20,}\.[\w-]{10,}/.test(text)
  )
    return false;
  if (WORDS.test(text) && !/secret|key|pass/i.test(text)) return false;
  if (/^(?:[a-z]+[-_.:/])*[a-z]+$/i.test(text) && text.length < 16) return false;
  return entropyOf(text) >= (/\d/.test(text) ? 2.5 : 3);
}

function textOf(value: Value): string | undefined {
  return value.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;
}

/** The values a name may get. */
function alternativesOf(value: Value): readonly Value[] {
  if (value.kind === 'choice') return value.options;
  return value.kind === 'binary' && /^(?:or|\|\||\?\?)$/.test(value.operator) ? [value.right] : [value];
}

export const passwordRule: Rule = {
  id: 'PW-ANY-HARDCODED-SECRET',
  title: 'A password or key is written into the source',
  category: 'secrets',
  cwe: 798,
  severity: 'warning',
  confidence: 'medium',
  languages: withoutOwnPasswords,
  docs: {
    risk: 'Everyone who can read the plugin knows it, and changing it takes a new release.',
    remedy: 'Read it from the plugin’s configuration or the environment when it runs, and change it.',
    bad: "password = 'S3cure!horse'",
    good: "password = os.environ['DB_PASSWORD']",
  },
  watches: [
    {
      on: 'file',
      check: context => {
        eachNamedValue(context.module, ({ name, value }) => {
          // `os.environ.get("X") or "…"` and its like: the default counts as much.
          for (const one of alternativesOf(value)) {
            const text = textOf(one);
            // What is a token of a known service says so by itself.
            if (
              text === undefined ||
              name.length > 80 ||
              !isSecret(name, text) ||
              tokenIn(text) !== undefined
            )
              continue;
            context.report(one.node, {
              message: `The value of \`${name}\` is known to all who can read the source.`,
            });
          }
        });
      },
    },
  ],
};
