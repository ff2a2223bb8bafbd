import { readFileSync } from 'node:fs';

/** Processor time a process has used so far, in milliseconds, in steps of ten. Linux only. */
export function processorMs(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
