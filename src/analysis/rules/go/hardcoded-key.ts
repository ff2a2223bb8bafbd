import type { Abstract, CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';

/** Calls that take a secret: which argument, and what it is. */
const takers: readonly (readonly [path: string, argument: number, what: string])[] = [
  ['github.com/golang-jwt/jwt.Token.SignedString', 0, 'The key that signs tokens'],
  ['github.com/gorilla/sessions.NewCookieStore', 0, 'The key that signs sessions'],
  ['github.com/gorilla/sessions.NewFilesystemStore', 1, 'The key that signs sessions'],
  ['github.com/gorilla/securecookie.New', 0, 'The key that signs cookies'],
  ['github.com/gorilla/csrf.Protect', 0, 'The key that protects forms'],
  ['github.com/gin-contrib/sessions/cookie.NewStore', 0, 'The key that signs sessions'],
  ['crypto/hmac.New', 1, 'The key of the signature'],
  ['crypto/aes.NewCipher', 0, 'The key of the cipher'],
  ['crypto/des.NewCipher', 0, 'The key of the cipher'],
  ['crypto/rc4.NewCipher', 0, 'The key of the cipher'],
  ['golang.org/x/crypto/chacha20poly1305.New', 0, 'The key of the cipher'],
  ['golang.org/x/crypto/chacha20poly1305.NewX', 0, 'The key of the cipher'],
  ['golang.org/x/crypto/ssh.Password', 0, 'A password'],
  ['net/smtp.PlainAuth', 2, 'A password'],
  ['net/http.Request.SetBasicAuth', 1, 'A password'],
  ['net/http.NewRequest().SetBasicAuth', 1, 'A password'],
  ['net/url.UserPassword', 1, 'A password'],
  ['github.com/go-ldap/ldap.Conn.Bind', 1, 'A password'],
  ['gopkg.in/gomail.NewDialer', 3, 'A password'],
  ['github.com/aws/aws-sdk-go/aws/credentials.NewStaticCredentials', 1, 'A cloud’s secret key'],
  ['github.com/aws/aws-sdk-go-v2/credentials.NewStaticCredentialsProvider', 1, 'A cloud’s secret key'],
  ['github.com/gin-gonic/gin.BasicAuth', 0, 'A password'],
  ['github.com/stripe/stripe-go/client.New', 0, 'A service’s key'],
];

/** Keys and passwords that stand in the source where they are used. */
export const hardcodedKeyRule: Rule = {
  id: 'PW-GO-HARDCODED-KEY',
  title: 'A key or password is written into the source',
  category: 'secrets',
  cwe: 798,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Everyone who can read the source or the program has the key, and it is the same wherever the plugin runs.',
    remedy: 'Read it from the configuration or the environment when the program starts.',
    bad: 'import "github.com/gorilla/sessions"\n\nvar store = sessions.NewCookieStore([]byte("qWe8Rty2Uio"))',
    good: 'import (\n\t"os"\n\t"github.com/gorilla/sessions"\n)\n\nvar store = sessions.NewCookieStore([]byte(os.Getenv("SESSION_KEY")))',
  },
  watches: [
    {
      on: 'call',
      of: takers.map(([path]) => path),
      check: (call, context) => {
        const taker = takers.find(([path]) => call.paths.includes(path));
        const given = taker && call.argument(taker[1]);
        if (taker === undefined || given === undefined || !isSecret(given.value, context)) return;
        context.report(call.node, { message: `${taker[2]} stands in the source.` });
      },
    },
    {
      on: 'call',
      of: [
        'github.com/golang-jwt/jwt.Parse',
        'github.com/golang-jwt/jwt.ParseWithClaims',
        'github.com/golang-jwt/jwt.Parser.Parse',
      ],
      check: reportConstantKey,
    },
  ],
};

function isSecret(value: Abstract, { values }: RuleContext): boolean {
  if (!values.isFixed(value)) return false;
  const texts = [value, ...values.elements(value)].flatMap(one => values.constantsOf(one));
  if (
    texts.some(text => typeof text === 'string' && text.length >= 3 && !/^(?:anonymous|guest)$/i.test(text))
  )
    return true;
  return texts.length >= 8 && texts.every(one => typeof one === 'number');
}

/** A function that gives the key of tokens, and gives a constant. */
function reportConstantKey(call: CallEvent, context: RuleContext): void {
  for (const { value } of call.args) {
    for (const statement of value.callable?.function.body ?? []) {
      if (statement.kind !== 'return' || statement.value?.kind !== 'list') continue;
      const key = statement.value.items[0]?.value;
      if (key?.kind === 'constant' && typeof key.value === 'string' && key.value.length > 2) {
        context.report(key.node, { message: 'The key that signs tokens stands in the source.' });
      }
    }
  }
}
