import type { Rule } from '../rule.ts';
import { allocationRule } from './allocation.ts';
import { bindAllRule } from './bind-all.ts';
import { commandRule } from './command.ts';
import { cookieRule } from './cookie.ts';
import { credentialFileRule } from './credential-file.ts';
import { crossOriginRule } from './cross-origin.ts';
import { debugRule } from './debug.ts';
import { decompressionBombRule } from './decompression-bomb.ts';
import { deserializeRule } from './deserialize.ts';
import { environmentDumpRule } from './environment-dump.ts';
import { evalRule } from './eval.ts';
import { fileModeRule } from './file-mode.ts';
import { fixedNonceRule } from './fixed-nonce.ts';
import { forgedRequestRule } from './forged-request.ts';
import { formatTextRule } from './format-text.ts';
import { hardcodedKeyRule } from './hardcoded-key.ts';
import { hardcodedSecretRule } from './hardcoded-secret.ts';
import { hiddenPayloadRule } from './hidden-payload.ts';
import { integerConversionRule } from './integer-conversion.ts';
import { jwtRule } from './jwt.ts';
import { logInjectionRule } from './log-injection.ts';
import { mailRule } from './mail.ts';
import { nosqlRule } from './nosql.ts';
import { pathTraversalRule } from './path-traversal.ts';
import { pluginOpenRule } from './plugin-open.ts';
import { queryLanguageRule } from './query-language.ts';
import { redirectRule } from './redirect.ts';
import { reflectionRule } from './reflection.ts';
import { secretLogRule } from './secret-log.ts';
import { servedFilesRule } from './served-files.ts';
import { serverTimeoutRule } from './server-timeout.ts';
import { shellInputRule } from './shell-input.ts';
import { sqlRule } from './sql.ts';
import { ssrfRule } from './ssrf.ts';
import { tempFileRule } from './temp-file.ts';
import { templateTextRule } from './template-text.ts';
import { timingRule } from './timing.ts';
import { tlsVerifyRule } from './tls-verify.ts';
import { tlsVersionRule } from './tls-version.ts';
import { unescapedHtmlRule } from './unescaped-html.ts';
import { unsafePointerRule } from './unsafe-pointer.ts';
import { weakCipherRule } from './weak-cipher.ts';
import { weakHashRule } from './weak-hash.ts';
import { weakKeyRule } from './weak-key.ts';
import { weakRandomRule } from './weak-random.ts';
import { xmlRule } from './xml.ts';
import { xssRule } from './xss.ts';

/** Every rule for Go alone, in the order of the rules page. */
export const goRules: readonly Rule[] = [
  allocationRule,
  bindAllRule,
  commandRule,
  cookieRule,
  credentialFileRule,
  crossOriginRule,
  debugRule,
  decompressionBombRule,
  deserializeRule,
  environmentDumpRule,
  evalRule,
  fileModeRule,
  fixedNonceRule,
  forgedRequestRule,
  formatTextRule,
  hardcodedKeyRule,
  hardcodedSecretRule,
  hiddenPayloadRule,
  integerConversionRule,
  jwtRule,
  logInjectionRule,
  mailRule,
  nosqlRule,
  pathTraversalRule,
  pluginOpenRule,
  queryLanguageRule,
  redirectRule,
  reflectionRule,
  secretLogRule,
  servedFilesRule,
  serverTimeoutRule,
  shellInputRule,
  sqlRule,
  ssrfRule,
  tempFileRule,
  templateTextRule,
  timingRule,
  tlsVerifyRule,
  tlsVersionRule,
  unescapedHtmlRule,
  unsafePointerRule,
  weakCipherRule,
  weakHashRule,
  weakKeyRule,
  weakRandomRule,
  xmlRule,
  xssRule,
];
