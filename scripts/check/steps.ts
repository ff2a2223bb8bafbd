import { join } from 'node:path';
import { root } from '../bare/root.mjs';

/** One thing that has to be in order before a change is taken. */
export interface CheckStep {
  readonly name: string;
  /** Arguments to node, from the root. */
  readonly command: readonly string[];
  /** What a person does about a failure, where the output doesn't say it. */
  readonly remedy?: string;
}

const program = (...path: string[]): string => join(root, 'node_modules', ...path);

/** The steps that run a program, in order; the unit tests come after them. */
export const checkSteps: readonly CheckStep[] = [
  { name: 'generated files', command: [join(root, 'scripts', 'generate.ts'), '--check'] },
  {
    name: 'types',
    command: [program('typescript-native', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json'],
  },
  {
    name: 'lint and format',
    command: [program('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--colors=off', '.'],
    remedy: '`npm run format` mends most of it.',
  },
  {
    name: 'dependency rules',
    command: [
      program('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
      ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', 'src'],
    ],
  },
  { name: 'dead code', command: [program('knip', 'bin', 'knip.js'), '--no-progress'] },
];
