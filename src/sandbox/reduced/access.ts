/** What a Landlock rule can allow beneath a path: the bits of `LANDLOCK_ACCESS_FS_*` (linux/landlock.h). */
const bit = {
  execute: 0,
  writeFile: 1,
  readFile: 2,
  readDir: 3,
  removeDir: 4,
  removeFile: 5,
  makeChar: 6,
  makeDir: 7,
  makeReg: 8,
  makeSock: 9,
  makeFifo: 10,
  makeBlock: 11,
  makeSym: 12,
  refer: 13,
  truncate: 14,
  ioctlDev: 15,
} as const;

type Access = keyof typeof bit;

const all = Object.keys(bit) as readonly Access[];
const reading: readonly Access[] = ['execute', 'readFile', 'readDir'];
const writing: readonly Access[] = [
  ...(['readFile', 'readDir', 'writeFile', 'truncate', 'removeDir', 'removeFile'] as const),
  ...(['makeDir', 'makeReg', 'makeFifo', 'makeSym', 'refer'] as const),
];
/** The kernel refuses a rule on a file that names rights of folders. */
const onFiles: readonly Access[] = ['execute', 'writeFile', 'readFile', 'truncate', 'ioctlDev'];

/** What of this each version of Landlock added after the first. */
const since: Readonly<Partial<Record<Access, number>>> = { refer: 2, truncate: 3, ioctlDev: 5 };

/** The rights a ruleset takes charge of: all that this version of Landlock knows. */
export function handledAccess(abi: number): number {
  return maskOf(all, abi);
}

/** The rights that a granted path gets. */
export function grantedAccess(kind: 'read' | 'write', isFolder: boolean, abi: number): number {
  const rights = kind === 'read' ? reading : writing;
  return maskOf(isFolder ? rights : rights.filter(right => onFiles.includes(right)), abi);
}

function maskOf(rights: readonly Access[], abi: number): number {
  return rights
    .filter(right => abi >= (since[right] ?? 1))
    .reduce((mask, right) => mask | (1 << bit[right]), 0);
}
