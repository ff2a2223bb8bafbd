import type { Rule } from '../rule.ts';
import { archiveRule } from './archive.ts';
import { bindAllRule } from './bind-all.ts';
import { bodyLimitRule } from './body-limit.ts';
import { codeEvalRule } from './code-eval.ts';
import { commandRule } from './command.ts';
import { cookieRule } from './cookie.ts';
import { corsRule } from './cors.ts';
import { deserializeRule } from './deserialize.ts';
import { dynamicLibraryRule } from './dynamic-library.ts';
import { environmentDumpRule } from './environment-dump.ts';
import { fixedNonceRule } from './fixed-nonce.ts';
import { hardcodedKeyRule } from './hardcoded-key.ts';
import { jwtRule } from './jwt.ts';
import { keySizeRule } from './key-size.ts';
import { ldapRule } from './ldap.ts';
import { logInjectionRule } from './log-injection.ts';
import { nosqlRule } from './nosql.ts';
import { pathTraversalRule } from './path-traversal.ts';
import { permissionsRule } from './permissions.ts';
import { plainHttpRule } from './plain-http.ts';
import { processIdentityRule } from './process-identity.ts';
import { redirectRule } from './redirect.ts';
import { regexRule } from './regex.ts';
import { sensitiveFileRule } from './sensitive-file.ts';
import { sensitiveLogRule } from './sensitive-log.ts';
import { sqlRule } from './sql.ts';
import { ssrfRule } from './ssrf.ts';
import { tempFileRule } from './temp-file.ts';
import { templateRule } from './template.ts';
import { timingRule } from './timing.ts';
import { tlsOffRule } from './tls-off.ts';
import { unsafeBlockRule } from './unsafe-block.ts';
import { unsafeCallRule } from './unsafe-call.ts';
import { weakCipherRule } from './weak-cipher.ts';
import { weakHashRule } from './weak-hash.ts';
import { weakRandomRule } from './weak-random.ts';
import { xpathRule } from './xpath.ts';
import { xssRule } from './xss.ts';

/** Every rule about Rust, in the order of the rules page. */
export const rustRules: readonly Rule[] = [
  codeEvalRule,
  templateRule,
  commandRule,
  dynamicLibraryRule,
  sqlRule,
  nosqlRule,
  ldapRule,
  xpathRule,
  pathTraversalRule,
  archiveRule,
  ssrfRule,
  redirectRule,
  xssRule,
  regexRule,
  logInjectionRule,
  deserializeRule,
  weakHashRule,
  weakCipherRule,
  weakRandomRule,
  keySizeRule,
  fixedNonceRule,
  jwtRule,
  timingRule,
  tlsOffRule,
  plainHttpRule,
  hardcodedKeyRule,
  sensitiveLogRule,
  environmentDumpRule,
  sensitiveFileRule,
  processIdentityRule,
  tempFileRule,
  permissionsRule,
  cookieRule,
  corsRule,
  bindAllRule,
  bodyLimitRule,
  unsafeBlockRule,
  unsafeCallRule,
];
