export { createFingerprints } from './fingerprint.ts';
export { manifestSarifRules, permissionSarifRules, type SarifRule, sourceSarifRules } from './rules.ts';
export { type ReportedFinding, type SarifInput, sarifLog } from './sarif-log.ts';
