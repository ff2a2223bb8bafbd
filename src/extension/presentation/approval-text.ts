import type { ApprovalRequest, RequestedCapability } from '../../protocol/editor/index.ts';
import { oneLine } from './one-line.ts';

const levels = [
  { risk: 'high', heading: 'HIGH RISK' },
  { risk: 'medium', heading: 'MEDIUM RISK' },
  { risk: 'low', heading: 'LOW RISK' },
] as const;

/**
 * The words of a permission prompt: what is new first, the riskiest at the top. Plain text: a dialog has no other, and
 * not every machine has a font for pictures.
 */
export function describeApproval({ name, version, dir, capabilities }: ApprovalRequest): {
  readonly question: string;
  readonly detail: string;
} {
  const fresh = capabilities.filter(({ isNew }) => isNew);
  const known = capabilities.filter(({ isNew }) => !isNew);
  return {
    question: `Allow ${oneLine(name)} ${oneLine(version)} what ${known.length > 0 ? 'it now asks for' : 'it asks for'}?`,
    detail: [
      ...levels.flatMap(({ risk, heading }) => {
        const [first, ...more] = paragraphsOf(fresh.filter(capability => capability.risk === risk));
        return first === undefined ? [] : [`${heading}\n${first}`, ...more];
      }),
      ...(known.length > 0 ? [`ALLOWED BEFORE\n${listOf(known)}`] : []),
      `Everything else stays forbidden. It is the plugin in ${oneLine(dir)}.`,
    ].join('\n\n'),
  };
}

/** One for each reason: a prompt that says the same five times is read by nobody. */
function paragraphsOf(capabilities: readonly RequestedCapability[]): string[] {
  const reasons = new Set(capabilities.map(({ why }) => why));
  return [...reasons].map(
    reason => `${listOf(capabilities.filter(({ why }) => why === reason))}\n${oneLine(reason)}`,
  );
}

const listOf = (capabilities: readonly RequestedCapability[]): string =>
  capabilities.map(({ words }) => `• ${oneLine(words)}`).join('\n');
