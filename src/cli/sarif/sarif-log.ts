import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Fix, Range, Severity } from '../../base/index.ts';
import { createFingerprints } from './fingerprint.ts';
import type { SarifRule } from './rules.ts';

/** A finding with what is known of the file it is in. */
export interface ReportedFinding extends Finding {
  /** Set where the file tries out other code. */
  readonly origin?: 'test' | undefined;
}

/** What a report is made of. */
export interface SarifInput {
  /** The command that looked, such as `validate`; reports of different commands don't replace one another. */
  readonly command: string;
  /** Semver of this program. */
  readonly version: string;
  readonly rules: readonly SarifRule[];
  readonly findings: readonly ReportedFinding[];
  /** What was left out and why. */
  readonly notes: readonly string[];
  /** Absolute path of the folder that places are given relative to. */
  readonly root: string;
  /** Web address of the page that describes the rules, each under its id; `undefined` where there is none. */
  readonly rulesPage?: string | undefined;
  /** Text of a file with findings; `undefined` when there is none. */
  textOf(file: string): string | undefined;
}

const rootId = '%SRCROOT%';
const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const satisfies Record<
  Severity,
  string
>;

/**
 * A report in the Static Analysis Results Interchange Format 2.1.0
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code scanning sites take it.
 */
export function sarifLog(input: SarifInput): object {
  const indexes = new Map(input.rules.map(({ id }, index) => [id, index]));
  const fingerprintOf = createFingerprints(input.root, input.textOf);
  const driver = {
    name: 'plugin-workbench',
    semanticVersion: input.version,
    rules: input.rules.map(rule => ruleOf(rule, input.rulesPage)),
  };
  const invocation = {
    executionSuccessful: true,
    toolExecutionNotifications: input.notes.map(text => ({ level: 'note', message: { text } })),
  };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        automationDetails: { id: `plugin-workbench/${input.command}/` },
        invocations: [invocation],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [rootId]: { uri: pathToFileURL(input.root + sep).href } },
        results: input.findings.map(finding => resultOf(finding, input, indexes, fingerprintOf)),
      },
    ],
  };
}

function ruleOf(rule: SarifRule, page: string | undefined): object {
  const { id, title, risk, remedy, severity, category, tags, precision } = rule;
  const advice = remedy === undefined ? risk : `${risk}\n\n${remedy}`;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: risk },
    ...(page === undefined ? {} : { helpUri: `${page}#${id.toLowerCase()}` }),
    help: { text: advice, markdown: advice },
    defaultConfiguration: { level: levels[severity] },
    properties: { category, tags, ...(precision === undefined ? {} : { precision }) },
  };
}

function resultOf(
  finding: ReportedFinding,
  input: SarifInput,
  indexes: ReadonlyMap<string, number>,
  fingerprintOf: (finding: Finding) => string,
): object {
  const { code, severity, message, fix, related = [], origin } = finding;
  const ruleIndex = indexes.get(code);
  const category = ruleIndex === undefined ? undefined : input.rules[ruleIndex]?.category;
  const at = (file: string, range: Range) => ({
    physicalLocation: { artifactLocation: artifactOf(file, input.root), region: regionOf(range) },
  });
  return {
    ruleId: code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: message },
    locations: [at(finding.file, finding.range)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, index) => ({
            id: index + 1,
            message: { text: place.message },
            ...at(place.file, place.range),
          })),
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: [...related, { ...finding, message }].map(step => ({
                    location: { message: { text: step.message }, ...at(step.file, step.range) },
                  })),
                },
              ],
            },
          ],
        }),
    ...(fix === undefined || fix.edits.length === 0 ? {} : { fixes: [fixOf(fix, finding.file, input.root)] }),
    partialFingerprints: { 'pluginWorkbench/v1': fingerprintOf(finding) },
    properties: {
      severity,
      ...(category === undefined ? {} : { category }),
      ...(origin === undefined ? {} : { origin }),
    },
  };
}

function fixOf({ title, edits }: Fix, file: string, root: string): object {
  const replacements = edits.map(({ range, newText }) => ({
    deletedRegion: regionOf(range),
    insertedContent: { text: newText },
  }));
  return {
    description: { text: title },
    artifactChanges: [{ artifactLocation: artifactOf(file, root), replacements }],
  };
}

/** Lines and columns count from 1 there, and the end is the first column outside, as here. */
function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function artifactOf(file: string, root: string): object {
  const path = relative(root, file);
  const isOutside = path === '' || isAbsolute(path) || path.split(sep)[0] === '..';
  if (isOutside) return { uri: pathToFileURL(file).href };
  return { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: rootId };
}
