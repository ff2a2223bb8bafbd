import type { Rule } from '../rule.ts';
import { isOff, misusedCalls, python } from './misuse.ts';

const NOT_CHECKED = 'The signature of the token is not checked.';

export const jwtRule: Rule = {
  id: 'PW-PY-JWT',
  title: 'A token’s signature is not checked',
  category: 'weak-crypto',
  cwe: 347,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Anyone can write a token that says they are someone else.',
    remedy: 'Decode with the key and a list of algorithms, and never switch the check off.',
    bad: 'import jwt\n\ndef read(token):\n    return jwt.decode(token, options={"verify_signature": False})',
    good: 'import jwt\n\ndef read(token, key):\n    return jwt.decode(token, key, algorithms=["HS256"])',
  },
  watches: [
    misusedCalls(
      'jwt.decode jwt.decode_complete jose.jwt.decode jwt.PyJWT.decode jose.jws.verify',
      (call, context) => {
        const { values } = context;
        const verify = call.args.find(({ name }) => name === 'verify')?.value;
        if (verify && isOff(verify, context)) return NOT_CHECKED;
        const options =
          call.argument(undefined, 'options')?.value ??
          (call.args[3] && values.field(call.args[3].value, 'verify_signature')
            ? call.args[3].value
            : undefined);
        const signature = options && values.field(options, 'verify_signature');
        if (signature && isOff(signature, context)) return NOT_CHECKED;
        const algorithms = call.argument(2, 'algorithms');
        const all = algorithms === undefined ? [] : [algorithms.value, ...values.elements(algorithms.value)];
        return all.some(one => /^none$/i.test(values.textOf(one) ?? ''))
          ? 'Tokens without any signature are accepted.'
          : undefined;
      },
    ),
    misusedCalls('jwt.encode jose.jwt.encode', (call, { values }) => {
      const algorithm = call.argument(2, 'algorithm');
      return algorithm && /^none$/i.test(values.textOf(algorithm.value) ?? '')
        ? 'The token is not signed.'
        : undefined;
    }),
    misusedCalls('jwt.get_unverified_claims jose.jwt.get_unverified_claims', () => NOT_CHECKED),
    misusedCalls('jwt.process_jwt python_jwt.process_jwt', () => NOT_CHECKED),
  ],
};
