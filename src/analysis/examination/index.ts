export {
  type Examination,
  type ExaminationParts,
  type ExaminationTools,
  examinePermissions,
  observationFor,
} from './examine.ts';
