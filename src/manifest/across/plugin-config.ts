import { type ManifestDocument, parseManifest } from '../document.ts';
import { normalizeInside } from '../meaning/paths.ts';
import { stringAt } from '../meaning/values.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { complaintsOf } from './config-complaints.ts';
import { besides } from './statement.ts';

const at = ['resources', 'config'];
/** More than that, and the schema is for another file. */
const maxComplaints = 10;

/**
 * Checks the schema that `resources.config` names, and the default configuration beside it against the schema. What is
 * wrong stands in another file, so the finding is on the manifest's line and leads there.
 */
export function checkConfig(input: MappingInput): void {
  const { document, files, report } = input;
  const named = stringAt(document, at);
  const path = named === undefined ? undefined : normalizeInside(named);
  const text = path === undefined || path === '' ? undefined : files.textOf?.(path);
  if (path === undefined || text === undefined) return;
  const schema = parseManifest(text, besides(input, path));
  const broken = schema.findings.find(finding => finding.severity === 'error');
  if (broken !== undefined || schema.root?.kind !== 'object') {
    const range = broken?.range ?? schema.rangeOf([]);
    const message = `\`${named}\` is no JSON Schema: ${broken?.message ?? 'it is not an object.'}`;
    const related = [{ file: schema.file, range, message: 'It stands here.' }];
    report('PW-MANIFEST-CONFIG-SCHEMA', at, message, { related });
    return;
  }
  const folder = path.replace(/[^/]*$/u, '');
  for (const name of ['default.yaml', 'default.yml', 'default.json']) {
    const content = files.textOf?.(folder + name);
    if (content !== undefined) compare(input, schema, folder + name, content);
  }
}

function compare(input: MappingInput, schema: ManifestDocument, path: string, text: string): void {
  const config = parseManifest(text, besides(input, path));
  const broken = config.findings.filter(finding => finding.severity === 'error');
  const complaints =
    broken.length > 0
      ? broken.map(({ range, message }) => ({ range, message }))
      : complaintsOf(schema.value, config.value ?? {}).map(complaint => ({
          range: config.rangeOf(complaint.path),
          message: complaint.message,
        }));
  for (const { range, message } of complaints.slice(0, maxComplaints)) {
    const related = [{ file: config.file, range, message: 'It stands here.' }];
    input.report('PW-MANIFEST-CONFIG', at, `\`${path}\`: ${message}`, { related });
  }
}
