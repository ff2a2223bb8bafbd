import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** A node to run plugins with; `skip` says why it can't be tried. */
export interface NodeUnderTest {
  readonly title: string;
  readonly path: string;
  readonly major: number;
  readonly skip: string | false;
}

/** The node that runs the tests, and the machine's own when it is of another version. */
export function findNodes(): NodeUnderTest[] {
  const here = { path: process.execPath, version: process.versions.node };
  const other = findOther(here.version);
  const skipped = {
    title: 'an older node',
    path: '',
    major: 0,
    skip: 'no other node of at least version 20 on PATH',
  };
  return [describeNode(here), other ? describeNode(other) : skipped];
}

function describeNode({ path: file, version }: { path: string; version: string }): NodeUnderTest {
  return { title: `node ${version}`, path: file, major: Number.parseInt(version, 10), skip: false };
}

function findOther(version: string): { path: string; version: string } | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/local/bin', '/usr/bin'];
  for (const folder of folders) {
    if (folder.includes('node_modules') || !hasNode(folder)) continue;
    const file = path.join(folder, 'node');
    const found = execFileSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
    if (found !== version && Number.parseInt(found, 10) >= 20) return { path: file, version: found };
  }
  return undefined;
}

function hasNode(folder: string): boolean {
  try {
    return readdirSync(folder).includes('node');
  } catch {
    return false;
  }
}
