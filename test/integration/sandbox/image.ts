import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Containers, createContainers } from '../../../src/sandbox/container/index.ts';

/** An image for tests, and what runs it. */
export interface TestImage {
  readonly containers: Containers;
  readonly name: string;
  /** Names of the containers of this process that exist. */
  list(): string[];
  podman(...args: readonly string[]): string;
  dispose(): void;
}

/** Makes an image that holds only empty folders; why not, where podman can't be used. */
export async function makeImage(): Promise<TestImage | string> {
  const containers = await createContainers(process.env).catch((error: unknown) => String(error));
  if (typeof containers === 'string') return containers;
  const folder = mkdtempSync('/var/tmp/image-');
  const podman = (...args: readonly string[]): string =>
    execFileSync('podman', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const name = `localhost/plugin-workbench-test:${process.pid}`;
  try {
    for (const top of ['proc', 'sys', 'dev', 'etc', 'run'])
      mkdirSync(join(folder, 'root', top), { recursive: true });
    execFileSync('tar', ['-C', join(folder, 'root'), '-cf', join(folder, 'image.tar'), '.']);
    podman('import', join(folder, 'image.tar'), name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    containers,
    name,
    podman,
    list: () =>
      podman('ps', '--all', '--format', '{{.Names}}')
        .split('\n')
        .filter(line => line.startsWith(`plugin-workbench-${process.pid}-`)),
    dispose: () => void podman('rmi', '--force', name),
  };
}
