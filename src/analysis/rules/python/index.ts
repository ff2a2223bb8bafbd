import type { Rule } from '../rule.ts';
import { archiveRule } from './archive.ts';
import { autoescapeRule } from './autoescape.ts';
import { bindRule } from './bind.ts';
import { cookieRule } from './cookie.ts';
import { cryptoKeyRule } from './crypto-key.ts';
import { debugRule } from './debug.ts';
import { deserializeRule } from './deserialize.ts';
import { dynamicImportRule } from './dynamic-import.ts';
import { environmentDumpRule } from './environment-dump.ts';
import { evalRule } from './eval.ts';
import { ffiRule } from './ffi.ts';
import { jwtRule } from './jwt.ts';
import { logRule } from './log.ts';
import { massAssignmentRule } from './mass-assignment.ts';
import { pathRule } from './path.ts';
import { permissionRule } from './permission.ts';
import { protectionOffRule } from './protection-off.ts';
import { queryRule } from './query.ts';
import { randomRule } from './random.ts';
import { redirectRule } from './redirect.ts';
import { regexRule } from './regex.ts';
import { shellRule } from './shell.ts';
import { sqlRule } from './sql.ts';
import { ssrfRule } from './ssrf.ts';
import { stackTraceRule } from './stack-trace.ts';
import { tempFileRule } from './temp-file.ts';
import { templateRule } from './template.ts';
import { timingRule } from './timing.ts';
import { tlsRule } from './tls.ts';
import { transportRule } from './transport.ts';
import { weakCipherRule } from './weak-cipher.ts';
import { weakHashRule } from './weak-hash.ts';
import { weakKeyRule } from './weak-key.ts';
import { xssRule } from './xss.ts';
import { xxeRule } from './xxe.ts';

/** The rules for Python, in the order of the rules page. */
export const pythonRules: readonly Rule[] = [
  archiveRule,
  autoescapeRule,
  bindRule,
  cookieRule,
  cryptoKeyRule,
  debugRule,
  deserializeRule,
  dynamicImportRule,
  environmentDumpRule,
  evalRule,
  ffiRule,
  jwtRule,
  logRule,
  massAssignmentRule,
  pathRule,
  permissionRule,
  protectionOffRule,
  queryRule,
  randomRule,
  redirectRule,
  regexRule,
  shellRule,
  sqlRule,
  ssrfRule,
  stackTraceRule,
  tempFileRule,
  templateRule,
  timingRule,
  tlsRule,
  transportRule,
  weakCipherRule,
  weakHashRule,
  weakKeyRule,
  xssRule,
  xxeRule,
];
