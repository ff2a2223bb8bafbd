import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WirePeerOptions, WireViolation } from '../../../src/protocol/wire/index.ts';

/** Two ends of a real Unix socket, which is what the wire runs over. */
export interface SocketPair {
  readonly left: Socket;
  readonly right: Socket;
  close(): Promise<void>;
}

export async function openSocketPair(): Promise<SocketPair> {
  const dir = await mkdtemp(path.join(tmpdir(), 'wire-test-'));
  const server = createServer();
  server.listen(path.join(dir, 'socket'));
  await once(server, 'listening');
  const left = connect(path.join(dir, 'socket'));
  const [right] = (await once(server, 'connection')) as [Socket];
  return {
    left,
    right,
    close: async () => {
      left.destroy();
      right.destroy();
      server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Peer options that remember what happened; `closed` resolves when the connection is gone. */
export interface Recorder {
  readonly options: WirePeerOptions;
  readonly violations: WireViolation[];
  readonly notifications: { method: string; params: unknown }[];
  readonly closed: Promise<void>;
}

export function record(overrides: Partial<WirePeerOptions> = {}): Recorder {
  const violations: WireViolation[] = [];
  const notifications: { method: string; params: unknown }[] = [];
  let close = (): void => {};
  const closed = new Promise<void>(resolve => {
    close = resolve;
  });
  return {
    violations,
    notifications,
    closed,
    options: {
      onRequest: async (_method, params) => params,
      onNotification: (method, params) => {
        notifications.push({ method, params });
      },
      onViolation: violation => {
        violations.push(violation);
      },
      onClose: close,
      ...overrides,
    },
  };
}

/** One message as it travels. */
export function frame(message: unknown): Buffer {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
