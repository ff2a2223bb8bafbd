import { readFileSync } from 'node:fs';

/** The entry of the auxiliary vector that holds the page size. */
const AT_PAGESZ = 6n;

/** Bytes in a page of memory: 4096 on x86-64, up to 65536 on arm64. Node does not tell, the kernel does. */
export function readPageBytes(): number {
  const vector = readFileSync('/proc/self/auxv');
  const words = new BigUint64Array(vector.buffer, vector.byteOffset, Math.floor(vector.length / 8));
  for (let at = 0; at + 1 < words.length; at += 2) {
    if (words[at] === AT_PAGESZ) return Number(words[at + 1]);
  }
  return 4096;
}
