import { readFile } from 'node:fs/promises';

/** What a process has for itself alone (USS), in MiB: what it would free by ending. Linux only. */
export async function privateMebibytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kibibytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)].map(([, kb]) =>
    Number(kb),
  );
  return kibibytes.reduce((sum, kb) => sum + kb, 0) / 1024;
}
