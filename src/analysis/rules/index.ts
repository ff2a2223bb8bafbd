import type { Rule } from '../rule.ts';
import { childProcessImportRule } from './child-process-import.ts';
import { documentCookieRule } from './document-cookie.ts';
import { dynamicRequireRule } from './dynamic-require.ts';
import { environmentDumpRule } from './environment-dump.ts';
import { evalRule } from './eval.ts';
import { functionConstructorRule } from './function-constructor.ts';
import { innerHtmlRule } from './inner-html.ts';
import { nativeBindingRule } from './native-binding.ts';
import { pathTraversalRule } from './path-traversal.ts';
import { prototypePollutionRule } from './prototype-pollution.ts';
import { secretRule } from './secret.ts';
import { shellCommandRule } from './shell-command.ts';
import { spawnRule } from './spawn.ts';
import { stringTimerRule } from './string-timer.ts';
import { tlsOffRule } from './tls-off.ts';
import { unsafeDeserializeRule } from './unsafe-deserialize.ts';
import { vmRule } from './vm.ts';
import { weakHashRule } from './weak-hash.ts';
import { webStorageRule } from './web-storage.ts';

/** Every rule, in the order of the rules page. */
export const rules: readonly Rule[] = [
  evalRule,
  functionConstructorRule,
  stringTimerRule,
  vmRule,
  dynamicRequireRule,
  shellCommandRule,
  spawnRule,
  childProcessImportRule,
  pathTraversalRule,
  documentCookieRule,
  webStorageRule,
  innerHtmlRule,
  weakHashRule,
  tlsOffRule,
  secretRule,
  environmentDumpRule,
  prototypePollutionRule,
  unsafeDeserializeRule,
  nativeBindingRule,
];
