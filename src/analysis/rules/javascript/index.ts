import type { Rule } from '../rule.ts';
import { archiveRule } from './archive.ts';
import { bindAllRule } from './bind-all.ts';
import { childProcessImportRule } from './child-process-import.ts';
import { codeCompileRule } from './code-compile.ts';
import { cookieRule } from './cookie.ts';
import { corsRule } from './cors.ts';
import { credentialRule } from './credential.ts';
import { deepSetRule } from './deep-set.ts';
import { documentCookieRule } from './document-cookie.ts';
import { dynamicRequireRule } from './dynamic-require.ts';
import { environmentDumpRule } from './environment-dump.ts';
import { evalRule } from './eval.ts';
import { exfiltrationRule } from './exfiltration.ts';
import { ffiRule } from './ffi.ts';
import { fileModeRule } from './file-mode.ts';
import { functionConstructorRule } from './function-constructor.ts';
import { htmlInjectionRule } from './html-injection.ts';
import { insecureRandomRule } from './insecure-random.ts';
import { jwtRule } from './jwt.ts';
import { linkXssRule } from './link-xss.ts';
import { logSecretRule } from './log-secret.ts';
import { mergeRule } from './merge.ts';
import { messageOriginRule } from './message-origin.ts';
import { nativeBindingRule } from './native-binding.ts';
import { nosqlRule } from './nosql.ts';
import { obfuscatedRule } from './obfuscated.ts';
import { pathTraversalRule } from './path-traversal.ts';
import { protectionOffRule } from './protection-off.ts';
import { prototypePollutionRule } from './prototype-pollution.ts';
import { queryInjectionRule } from './query-injection.ts';
import { redirectRule } from './redirect.ts';
import { regexRule } from './regex.ts';
import { resourceRule } from './resource.ts';
import { responseXssRule } from './response-xss.ts';
import { secretRule } from './secret.ts';
import { shellCommandRule } from './shell-command.ts';
import { spawnRule } from './spawn.ts';
import { sqlRule } from './sql.ts';
import { ssrfRule } from './ssrf.ts';
import { stackTraceRule } from './stack-trace.ts';
import { staticIvRule } from './static-iv.ts';
import { stringTimerRule } from './string-timer.ts';
import { tempFileRule } from './temp-file.ts';
import { templateRule } from './template.ts';
import { timingRule } from './timing.ts';
import { tlsOffRule } from './tls-off.ts';
import { unsafeBufferRule } from './unsafe-buffer.ts';
import { unsafeDeserializeRule } from './unsafe-deserialize.ts';
import { vmRule } from './vm.ts';
import { weakCipherRule } from './weak-cipher.ts';
import { weakHashRule } from './weak-hash.ts';
import { weakKeyRule } from './weak-key.ts';
import { webStorageRule } from './web-storage.ts';
import { xxeRule } from './xxe.ts';

/** The rules for JavaScript and TypeScript, in the order of the rules page. */
export const javascriptRules: readonly Rule[] = [
  evalRule,
  functionConstructorRule,
  stringTimerRule,
  vmRule,
  codeCompileRule,
  templateRule,
  dynamicRequireRule,
  shellCommandRule,
  spawnRule,
  childProcessImportRule,
  unsafeDeserializeRule,
  sqlRule,
  nosqlRule,
  queryInjectionRule,
  pathTraversalRule,
  archiveRule,
  tempFileRule,
  fileModeRule,
  ssrfRule,
  redirectRule,
  bindAllRule,
  htmlInjectionRule,
  responseXssRule,
  linkXssRule,
  documentCookieRule,
  webStorageRule,
  corsRule,
  cookieRule,
  messageOriginRule,
  protectionOffRule,
  prototypePollutionRule,
  mergeRule,
  deepSetRule,
  weakHashRule,
  weakCipherRule,
  weakKeyRule,
  staticIvRule,
  insecureRandomRule,
  timingRule,
  jwtRule,
  tlsOffRule,
  secretRule,
  credentialRule,
  logSecretRule,
  environmentDumpRule,
  exfiltrationRule,
  obfuscatedRule,
  regexRule,
  resourceRule,
  xxeRule,
  stackTraceRule,
  nativeBindingRule,
  ffiRule,
  unsafeBufferRule,
];
