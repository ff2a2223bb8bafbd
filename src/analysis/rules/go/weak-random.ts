import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';
import { functionAround, membersOf, statementAround } from './tainted.ts';

const SECRET =
  /token|secret|passw|passphrase|\bpin\b|nonce|salt|session|cookie|csrf|otp|captcha|apikey|api_key|privatekey|private_key|signkey|crypt|cipher|\bkey\b|keys?\b(?=\s*:?=)|auth|reset|invite|verification|\biv\b|uuid|random(?:string|bytes|id|hex)|genera(?:te|tor).*(?:key|code|id)\b/i;

/** Names of functions that make secrets. */
const MAKER =
  /token|secret|passw|nonce|salt|otp|captcha|keys?$|csrf|session_?id|rand(?:om)?_?(?:string|str|bytes|hex)|uuid|gen(?:erate)?_?(?:id|code)|invite/i;

const names =
  'Int Intn IntN Int31 Int31n Int32 Int32N Int63 Int63n Int64 Int64N Uint32 Uint64 Float64 Float32 Read Perm N';

/** Numbers that can be foretold, where a secret is made of them. */
export const weakRandomRule: Rule = {
  id: 'PW-GO-WEAK-RANDOM',
  title: 'A secret is made of random numbers that can be foretold',
  category: 'weak-crypto',
  cwe: 338,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'Who has seen a few numbers of `math/rand`, or knows when it was seeded, knows all that follow: tokens and passwords too.',
    remedy: 'Use `crypto/rand` (`rand.Text`, `rand.Read`, `rand.Int`).',
    bad: 'import (\n\t"fmt"\n\t"math/rand"\n)\n\nfunc newToken() string {\n\treturn fmt.Sprint(rand.Int63())\n}',
    good: 'import "crypto/rand"\n\nfunc newToken() string {\n\treturn rand.Text()\n}',
  },
  watches: [
    {
      on: 'call',
      of: [
        ...membersOf('math/rand', names),
        ...membersOf('math/rand/v2', names),
        ...membersOf('math/rand.New()', names),
        ...membersOf('math/rand.Rand', names),
      ],
      check: (call, context) => {
        // Filling bytes is what secrets and keys are made by; dice take numbers.
        if (call.method === 'Read' || isAboutSecrets(call.node, context)) {
          context.report(call.node, {
            message: 'This random number can be foretold, and a secret is made of it.',
          });
        }
      },
    },
  ],
};

function isAboutSecrets(node: SyntaxNode, context: RuleContext): boolean {
  const statement = statementAround(node);
  if (SECRET.test(context.textOf(statement).slice(0, 300))) return true;
  const around = functionAround(node);
  const name = around?.child('name');
  if (name !== undefined) return MAKER.test(context.textOf(name));
  if (around?.type !== 'func_literal') return false;
  return SECRET.test(context.text.slice(Math.max(0, around.start - 80), around.start));
}
