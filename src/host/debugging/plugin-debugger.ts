import { connect, type Socket } from 'node:net';
import { type Disposable, WorkbenchError } from '../../base/index.ts';
import type { Sandbox, SandboxPolicy } from '../../sandbox/index.ts';
import { connectInside } from '../../sandbox/network/index.ts';
import { openDebugRelay } from './relay.ts';

/** The way of debuggers to a plugin, whichever process of it runs. */
export interface PluginDebugger extends Disposable {
  /** A WebSocket address that speaks the Chrome DevTools Protocol; stays the same over reloads. */
  readonly url: string;
  /** The policy of the plugin's process, changed so that debuggers reach it. @throws WorkbenchError `PW-DEBUG-SANDBOX` */
  adapt(policy: SandboxPolicy, sandbox: Sandbox): SandboxPolicy;
  /**
   * Leads debuggers to a process that has not loaded the plugin's code yet, and waits for one: for the first process
   * as long as it takes, for later ones a moment, when one was there before.
   *
   * @returns true when a debugger is there, so that the process should await its go-ahead
   */
  meet(process: DebuggedProcess, signal: AbortSignal): Promise<boolean>;
}

/** A process with an inspector. */
export interface DebuggedProcess {
  readonly pid: number;
  /** Where its inspector listens, as the process sees it: `ws://127.0.0.1:<port>/<id>`. */
  readonly inspector: string | undefined;
  readonly ended: Promise<unknown>;
}

/** How long the process after a reload waits for the debugger of the one before, in milliseconds. */
const RETURN_MS = 10_000;

/** Opens the way; nothing is behind it before the first {@link PluginDebugger.meet}. */
export async function openPluginDebugger(): Promise<PluginDebugger> {
  const relay = await openDebugRelay();
  let reach: (pid: number, port: number, signal: AbortSignal) => Promise<Socket> = connectHere;
  let isFirst = true;
  return {
    url: relay.url,
    adapt: (policy, sandbox) => {
      if (sandbox.level === 'unconfined') return policy;
      if (sandbox.level !== 'sandboxed' || process.platform !== 'linux') {
        throw new WorkbenchError(
          'PW-DEBUG-SANDBOX',
          'A debugger can’t reach into the sandbox of this system without opening it for others.',
          { nextStep: 'Run the plugin without the debugger, or debug it on a Linux with bubblewrap.' },
        );
      }
      reach = connectInside;
      return { ...policy, network: 'entered' };
    },
    meet: async ({ pid, inspector, ended }, signal) => {
      if (inspector === undefined) throw new Error('The process has no inspector.');
      const { port, pathname } = new URL(inspector);
      const waits = isFirst || relay.isWanted;
      const leading = relay.lead({
        path: pathname,
        connect: abort => reach(pid, Number(port), abort),
      });
      const left = new AbortController();
      void ended.then(() => {
        left.abort();
        leading.dispose();
      });
      if (!waits) return false;
      const limits = [signal, left.signal, ...(isFirst ? [] : [AbortSignal.timeout(RETURN_MS)])];
      isFirst = false;
      return relay.connected(AbortSignal.any(limits));
    },
    dispose: () => relay.dispose(),
  };
}

async function connectHere(_pid: number, port: number, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, signal });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}
