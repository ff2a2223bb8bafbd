import { sinkRule } from '../sink-rule.ts';
import { is } from './constants.ts';
import { calls, rust } from './languages.ts';

export const jwtRule = sinkRule({
  id: 'PW-RS-JWT',
  title: 'A token is believed without its signature',
  category: 'weak-crypto',
  cwe: 347,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'A token whose signature nobody checks says whatever its sender likes: that he is the administrator.',
    remedy: 'Decode with a `Validation` that names the algorithm, and leave its checks on.',
    bad: `fn claims(token: &str) {
    let data = jsonwebtoken::dangerous::insecure_decode::<Claims>(token);
}`,
    good: `fn claims(token: &str, key: &jsonwebtoken::DecodingKey) {
    let data = jsonwebtoken::decode::<Claims>(token, key, &jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256));
}`,
  },
  does: 'The signature of the token is not checked',
  sinks: [
    {
      call: calls(
        'jsonwebtoken.dangerous.insecure_decode jsonwebtoken.dangerous_insecure_decode jsonwebtoken.dangerous_insecure_decode_with_validation jsonwebtoken.dangerous_unsafe_decode jsonwebtoken.insecure_decode jwt.Token.parse_unverified jwt.unverified.parse jwt_simple.token.Token.decode_metadata josekit.jwt.decode_unsecured biscuit.JWT.unverified_payload jwt_compact.UntrustedToken.deserialize_claims_unchecked **.insecure_decode **.dangerous_insecure_decode',
      ),
      argument: 'any',
      from: 'always',
    },
    {
      write: calls(
        'jsonwebtoken.Validation.validate_exp jsonwebtoken.Validation.validate_signature jsonwebtoken.Validation.validate_aud jsonwebtoken.Validation.validate_nbf **.validate_exp **.insecure_disable_signature_validation',
      ),
      from: 'always',
      when: (event, value, context) =>
        is(false)(event, value, context) &&
        'key' in event &&
        event.key !== 'validate_aud' &&
        event.key !== 'validate_nbf',
      does: 'A check of the token is switched off',
      severity: 'warning',
    },
  ],
  watches: [
    {
      on: 'call',
      of: calls(
        '**.insecure_disable_signature_validation jsonwebtoken.Validation.insecure_disable_signature_validation',
      ),
      check: (call, context) => {
        context.report(call.node, {
          message: `The signature of the token is not checked (\`${call.method}\`).`,
        });
      },
    },
  ],
});
