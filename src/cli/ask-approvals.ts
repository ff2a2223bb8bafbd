import { WorkbenchError } from '../base/index.ts';
import type { DebugHost } from '../host/index.ts';
import type { ApprovalRequest, RequestedCapability } from '../protocol/editor/index.ts';
import { printable, type Terminal } from './terminal.ts';

/**
 * Asks about what nobody has approved yet of the plugins in some folders.
 *
 * @returns for those that are approved for this run only: the folder → the keys
 * @throws WorkbenchError `PW-APPROVAL-NEEDED` when nobody is there to ask, `PW-START-DECLINED`
 */
export async function askApprovals(
  host: Pick<DebugHost, 'approvalRequest' | 'approve'>,
  dirs: readonly string[],
  terminal: Terminal,
  stop: AbortSignal,
): Promise<Record<string, string[]>> {
  const once: Record<string, string[]> = {};
  for (const dir of dirs) {
    const request = await host.approvalRequest(dir);
    if (!request) continue;
    const keys = request.capabilities.map(({ key }) => key);
    const answer = await ask(request, terminal, stop);
    if (answer === 'always') await host.approve({ ...request, capabilities: keys });
    else once[request.dir] = keys;
  }
  return once;
}

async function ask(
  request: ApprovalRequest,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<'always' | 'once'> {
  const { name, version } = request;
  const list = describeRequest(request, terminal);
  if (!terminal.ask) {
    const message = `${name} ${version} asks for what nobody has approved yet:\n${list}`;
    throw new WorkbenchError('PW-APPROVAL-NEEDED', message, {
      nextStep: 'Approve it with --yes, or run it once in a terminal.',
    });
  }
  terminal.note(`${terminal.paint('bold', printable(name))} ${version} asks for:\n${list}`);
  for (;;) {
    const word = await terminal.ask('Allow? [y]es, [o]nce, [n]o: ', stop);
    if (/^y(es)?$/i.test(word.trim())) return 'always';
    if (/^o(nce)?$/i.test(word.trim())) return 'once';
    if (/^n(o)?$/i.test(word.trim())) {
      throw new WorkbenchError('PW-START-DECLINED', `${name} was not started.`);
    }
  }
}

const colours = { low: 'green', medium: 'yellow', high: 'red' } as const;

/** One line a capability: the risk, what it is in words, and why it matters. */
function describeRequest({ capabilities }: ApprovalRequest, terminal: Terminal): string {
  const line = ({ risk, words, why, isNew }: RequestedCapability): string =>
    `  ${terminal.paint(colours[risk], risk)} ${printable(words)}${isNew ? '' : ' (approved)'}. ${why}`;
  return capabilities.map(line).join('\n');
}
