import type { ApprovalRequest, RequestedCapability } from '../../protocol/editor/index.ts';

const order = { high: 0, medium: 1, low: 2 } as const;
const marks = { high: '🔴 High risk', medium: '🟠 Medium risk', low: '🟢 Low risk' } as const;

/** The words of a permission prompt: what is new first, the riskiest at the top. */
export function describeApproval({ name, version, dir, capabilities }: ApprovalRequest): {
  readonly question: string;
  readonly detail: string;
} {
  const line = ({ risk, words, why }: RequestedCapability): string => `${marks[risk]}: ${words}\n${why}`;
  const sorted = [...capabilities].sort((a, b) => order[a.risk] - order[b.risk]);
  const fresh = sorted.filter(({ isNew }) => isNew).map(line);
  const known = sorted.filter(({ isNew }) => !isNew).map(({ words }) => words);
  return {
    question: `Allow ${name} ${version} what ${known.length > 0 ? 'it now asks for' : 'it asks for'}?`,
    detail: [
      ...fresh,
      ...(known.length > 0 ? [`Allowed before: ${known.join('; ')}`] : []),
      `Everything else stays forbidden. It is the plugin in ${dir}.`,
    ].join('\n\n'),
  };
}
