/** Runs the tools that build plugins and install their packages, confined like the plugins themselves. */

export { type BuildsOptions, createBuilds } from './builds.ts';
export { fingerprintFolders } from './fingerprint.ts';
export type {
  BuildFolders,
  BuildLanguage,
  BuildOutcome,
  BuildStep,
  Builds,
  RegistryAccess,
} from './port.ts';
export { type BuildProblem, buildFailed } from './problems.ts';
export { sweepBuilds } from './sweep.ts';
