import type { Finding } from '../../base/index.ts';
import type { ManifestCode } from '../codes.ts';
import { type FindingDetails, type ManifestDocument, makeFinding, maxFindings } from '../document.ts';
import type { SourcePath } from '../model.ts';

/** Says that something is wrong at a path; the range is that of the value, or of the key with `on: 'key'`. */
export type Report = (
  code: ManifestCode,
  path: SourcePath,
  message: string,
  details?: FindingDetails & { readonly on?: 'key' | 'value' },
) => void;

/** Collects reports on a document as findings. */
export function createReport(document: ManifestDocument, findings: Finding[]): Report {
  return (code, path, message, { on, ...details } = {}) => {
    if (findings.length >= maxFindings) return;
    findings.push(makeFinding(document, code, document.rangeOf(path, on), message, details));
  };
}
