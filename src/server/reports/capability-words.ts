import type { Finding } from '../../base/index.ts';
import type { Capability, ManifestDocument, ProfileId, ResourceLimits } from '../../manifest/index.ts';
import { describeFilePattern, effectOf } from '../effects/index.ts';
import { code, linkTo, plain, sentence } from './markdown.ts';

/** One permission: what, under which conditions, what comes of it, what is risky about it, and where it stands. */
export function describeCapability(
  capability: Capability,
  document: ManifestDocument,
  profile: ProfileId,
  findings: readonly Finding[],
): string[] {
  const { scope, action, resource, at } = capability;
  const range = document.rangeOf(at);
  const effect =
    scope === 'filesystem'
      ? describeFilePattern(plainPattern(resource), action)
      : effectOf(document, profile, at);
  const risks = findings.filter(({ range: { start } }) => {
    const offset = document.lines.offsetAt(start);
    return offset >= document.lines.offsetAt(range.start) && offset < document.lines.offsetAt(range.end);
  });
  return [
    `### ${plain(scope)}\\: ${plain(action)} ${code(resource)}`,
    '',
    ...conditionsOf(capability).map(condition => `- Only ${condition}`),
    ...(effect === undefined ? [] : [`- In the sandbox: ${effect}`]),
    ...risks.map(({ severity, message }) => `- Risk (${severity}): ${sentence(message)}`),
    `- Declared in ${linkTo(document.file, range.start)}`,
    '',
  ];
}

/** A pattern that stands in a sentence of ours as code must not end the code. */
function plainPattern(pattern: string): string {
  return pattern.replaceAll(/[`\s]+/g, ' ');
}

/** In words: the first that is not met makes the broker refuse. */
function conditionsOf({ restrictions }: Capability): string[] {
  const { protocols, methods, maxBytes, maxTokens, ratePerMinute, expiresAt } = restrictions;
  const list = (items: readonly string[]): string => items.map(code).join(', ') || 'none at all';
  return [
    protocols && `over ${list(protocols)}`,
    methods && `with the methods ${list(methods)}`,
    maxBytes === undefined ? undefined : `up to ${bytes(maxBytes)}`,
    maxTokens === undefined ? undefined : `up to ${maxTokens} tokens a call`,
    ratePerMinute === undefined ? undefined : `${ratePerMinute} times a minute`,
    expiresAt === undefined || !Number.isFinite(expiresAt) ? undefined : `until ${dateOf(expiresAt)}`,
  ].filter(text => text !== undefined);
}

/** The limits of the process, one item each. */
export function describeLimits({
  memoryBytes,
  cpuPercent,
  fileHandles,
  connections,
}: ResourceLimits): string[] {
  const or = (value: string | undefined): string => value ?? 'not stated; the workbench’s own limit holds';
  return [
    `- Memory: ${or(memoryBytes === undefined ? undefined : bytes(memoryBytes))}`,
    `- Processor: ${or(cpuPercent === undefined ? undefined : `${cpuPercent} % of one core`)}`,
    `- Open files: ${or(fileHandles?.toString())}`,
    `- Connections: ${or(connections?.toString())}`,
  ];
}

function bytes(count: number): string {
  const mebibytes = count / 1024 / 1024;
  return mebibytes >= 1 ? `${Number(mebibytes.toFixed(1))} MB` : `${Number((count / 1024).toFixed(1))} KB`;
}

function dateOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'a date that is none' : date.toISOString();
}
