import assert from 'node:assert/strict';
import { sep } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { categories, rules } from '../../../src/analysis/index.ts';
import type { Finding } from '../../../src/base/index.ts';
import { rulesPageOf } from '../../../src/cli/rules-page.ts';
import {
  manifestSarifRules,
  type ReportedFinding,
  type SarifInput,
  sarifLog,
  sourceSarifRules,
} from '../../../src/cli/sarif/index.ts';
import { manifestCodes } from '../../../src/manifest/index.ts';
import { sarifSchema } from './sarif-schema.ts';

const isSarif = new Ajv({ allErrors: true, strict: false }).compile(sarifSchema);
const root = `${sep}home${sep}someone`;
const inRoot = (...parts: string[]): string => [root, ...parts].join(sep);
const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 9 } };
const finding: Finding = {
  code: 'PW-MANIFEST-KEY-MISSPELT',
  severity: 'error',
  message: 'The key `verison` is unknown here.',
  file: inRoot('my plugins', 'Zoë#1', 'plugin.json'),
  range,
  fix: { title: 'Replace it', edits: [{ range, newText: '"version"' }] },
  related: [{ file: `${sep}elsewhere${sep}plugin.json`, range, message: 'It stands here first.' }],
};

function report(findings: readonly ReportedFinding[], more: Partial<SarifInput> = {}) {
  const log = sarifLog({
    command: 'validate',
    version: '1.2.3',
    rules: manifestSarifRules(),
    findings,
    notes: [],
    root,
    textOf: () => '{\n  "verison": 1\n}',
    ...more,
  });
  const parsed = JSON.parse(JSON.stringify(log));
  assert.equal(isSarif(parsed), true, JSON.stringify(isSarif.errors, null, 1));
  return parsed.runs[0];
}

test('a report is what SARIF 2.1.0 asks for, with findings and without', () => {
  const { results } = report([finding]);
  assert.equal(results.length, 1);
  assert.deepEqual(report([]).results, []);
  report([finding], { rules: sourceSarifRules(), command: 'scan', notes: ['a: left alone'] });
});

test('places are relative to the root, escaped, and count from 1; what lies elsewhere is absolute', () => {
  const [result] = report([finding]).results;
  const [place] = result.locations;
  assert.deepEqual(place.physicalLocation, {
    artifactLocation: { uri: 'my%20plugins/Zo%C3%AB%231/plugin.json', uriBaseId: '%SRCROOT%' },
    region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 10 },
  });
  const [related] = result.relatedLocations;
  assert.match(related.physicalLocation.artifactLocation.uri, /^file:\/\/\/.*elsewhere\/plugin\.json$/);
});

test('a result leads to its rule, and a fix to its text', () => {
  const run = report([finding]);
  const [result] = run.results;
  assert.equal(run.tool.driver.rules[result.ruleIndex].id, finding.code);
  assert.equal(result.fixes[0].artifactChanges[0].replacements[0].insertedContent.text, '"version"');
});

test('a finding that no rule describes is still reported', () => {
  const [result] = report([{ ...finding, code: 'PW-ELSE' }]).results;
  assert.equal(result.ruleId, 'PW-ELSE');
  assert.equal('ruleIndex' in result, false);
});

test('severities become levels, and stay in the properties', () => {
  const levels = (['error', 'warning', 'info', 'hint'] as const).map(severity => {
    const [result] = report([{ ...finding, severity }]).results;
    assert.equal(result.properties.severity, severity);
    return result.level;
  });
  assert.deepEqual(levels, ['error', 'warning', 'note', 'note']);
});

test('a fingerprint survives lines above, and tells equal lines apart', () => {
  const print = (result: { partialFingerprints: Record<string, string> }) =>
    result.partialFingerprints['pluginWorkbench/v1'];
  const [first, second] = report([finding, finding]).results.map(print);
  const moved = { ...finding, range: { start: { line: 2, character: 2 }, end: { line: 2, character: 9 } } };
  const [later] = report([moved], { textOf: () => '{\n\n  "verison": 1\n}' }).results.map(print);
  assert.equal(later, first);
  assert.notEqual(second, first);
});

test('every code of a manifest and every rule of source is described', () => {
  assert.deepEqual(
    manifestSarifRules().map(({ id }) => id),
    Object.keys(manifestCodes),
  );
  const described = new Map(sourceSarifRules().map(rule => [rule.id, rule]));
  for (const { id, category, cwe } of rules) {
    const rule = described.get(id) ?? assert.fail(id);
    assert.equal(rule.category, category);
    assert.equal(
      rule.tags.some(tag => tag.startsWith('external/cwe/')),
      cwe !== undefined,
      id,
    );
  }
});

test('the way of data is a flow that ends at the finding, and what is test code says so', () => {
  const [result] = report([{ ...finding, origin: 'test' }]).results;
  const [flow] = result.codeFlows[0].threadFlows;
  assert.deepEqual(
    flow.locations.map(({ location }: { location: { message: { text: string } } }) => location.message.text),
    ['It stands here first.', finding.message],
  );
  assert.deepEqual(flow.locations[1].location.physicalLocation, result.locations[0].physicalLocation);
  assert.equal(result.properties.origin, 'test');
  const { related: _, ...alone } = finding;
  assert.equal('codeFlows' in report([alone]).results[0], false);
});

test('a rule leads to the page that describes it, where there is one', () => {
  const rulesPage = rulesPageOf({ version: '1.0.0', repository: { url: 'git+https://github.com/a/b.git' } });
  const { rules: described } = report([], { rules: sourceSarifRules(), rulesPage }).tool.driver;
  const js = described.find(({ id }: { id: string }) => id === 'PW-JS-EVAL');
  assert.equal(js.helpUri, 'https://github.com/a/b/blob/main/docs/rules.md#pw-js-eval');
  assert.equal(rulesPageOf({ version: '1.0.0' }), undefined);
  assert.equal(rulesPageOf({ version: '1', homepage: 'https://x.org/' }), 'https://x.org/docs/rules.md');
});

test('rules about source are in the categories that reports use', () => {
  for (const { id, category } of sourceSarifRules()) assert.ok(categories.includes(category as never), id);
});
