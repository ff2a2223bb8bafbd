export { manifestSarifRules, permissionSarifRules, type SarifRule, sourceSarifRules } from './rules.ts';
export { type SarifInput, sarifLog } from './sarif-log.ts';
