export { type PermissionCode, type PermissionCodeName, permissionCodes } from './codes.ts';
export { createNeedCollector, type NeedCollector } from './collect.ts';
export {
  type ComparisonInput,
  comparePermissions,
  type InferredNeeds,
  type PermissionRow,
  type Verdict,
} from './compare.ts';
export { type FindingContext, grantFix, permissionFindings } from './findings.ts';
export {
  createInference,
  type Inference,
  isOwnSource,
  type PluginSource,
  type SourceNeeds,
} from './infer.ts';
export {
  confidenceOf,
  type Evidence,
  isDynamic,
  mergeNeeds,
  type Need,
  type NeedConfidence,
  type NeedScope,
  needScopes,
} from './need.ts';
export {
  type AuditReader,
  type AuditSummary,
  createAuditReader,
  type Observation,
  type ObservedUse,
} from './observed.ts';
export { riskOf } from './risk.ts';
export { type Tightening, type TightenTo, tightenManifest } from './tighten.ts';
export { describeDeed } from './words.ts';
