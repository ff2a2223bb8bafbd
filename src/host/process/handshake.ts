import * as v from 'valibot';
import { WorkbenchError } from '../../base/index.ts';
import type { InitializeParams, InitializeResult } from '../../protocol/plugin/index.ts';
import { PLUGIN_PROTOCOL_VERSION } from '../../protocol/plugin/index.ts';
import { pluginResults } from '../../protocol/plugin-schemas/index.ts';

/**
 * Says hello to a process.
 *
 * @throws WorkbenchError `PW-PLUGIN-PROTOCOL` when it speaks another version; otherwise what `send` throws
 */
export async function shakeHands(
  hello: Omit<InitializeParams, 'protocolVersion'>,
  send: (hello: InitializeParams) => Promise<unknown>,
): Promise<InitializeResult> {
  const answer = await send({ ...hello, protocolVersion: PLUGIN_PROTOCOL_VERSION });
  const decoded = v.safeParse(pluginResults.initialize, answer);
  if (decoded.success && decoded.output.protocolVersion === PLUGIN_PROTOCOL_VERSION) return decoded.output;
  throw new WorkbenchError(
    'PW-PLUGIN-PROTOCOL',
    'The plugin process speaks another version of the protocol.',
    {
      nextStep: 'Build the workbench anew: its host and its plugin bootstrap are of different builds.',
    },
  );
}
