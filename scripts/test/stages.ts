import { join } from 'node:path';
import { root } from '../bare/root.mjs';
import { buildAll } from '../build/index.ts';
import { runChecks } from '../check/index.ts';
import { runNodeTests, type TestCounts } from './node-tests.ts';
import { runTestProgram } from './test-program.ts';

/** The tiers a person can ask for by name. */
export const tiers = ['unit', 'integration', 'security', 'vscode'] as const;

/** One of {@link tiers}. */
export type Tier = (typeof tiers)[number];

/** One heading of the run. */
export interface Stage {
  readonly title: string;
  /** Only when this tier is run. Undefined: always. */
  readonly tier?: Tier;
  /** Nothing after it makes sense when it fails. */
  readonly essential?: boolean;
  run(): Promise<TestCounts>;
}

const inVscode = (program: string): Promise<TestCounts> =>
  runTestProgram([join(root, 'test', 'vscode', program)]);

/** Everything, in order: what is fast and tells most comes first. */
export const stages: readonly Stage[] = [
  {
    title: 'Production build',
    essential: true,
    async run() {
      await buildAll({ production: true });
      return { passed: 0, failed: 0 };
    },
  },
  { title: 'Checks and unit tests', tier: 'unit', run: runChecks },
  {
    title: 'Integration tests',
    tier: 'integration',
    // Sandboxed processes are measured against limits in time and memory; more at once would disturb one another.
    run: () => runNodeTests({ pattern: 'test/integration/**/*.test.ts', concurrency: 1 }),
  },
  {
    title: 'Every language, one behaviour',
    tier: 'integration',
    run: () => runNodeTests({ pattern: 'test/conformance/*.test.ts', concurrency: 1 }),
  },
  {
    title: 'Escape attempts',
    tier: 'security',
    // Some of them take all they can get of the machine.
    run: () => runNodeTests({ pattern: 'test/security/*.test.ts', concurrency: 1 }),
  },
  { title: 'A real VS Code', tier: 'vscode', run: () => inVscode('run.ts') },
  {
    title: 'A person’s way, in a window',
    tier: 'vscode',
    run: () => runNodeTests({ pattern: 'test/vscode/journeys/*.test.ts', concurrency: 1 }),
  },
  { title: 'The packaged extension, installed', tier: 'vscode', run: () => inVscode('vsix.ts') },
  { title: 'npm start, in a browser', tier: 'vscode', run: () => inVscode('start.ts') },
];
