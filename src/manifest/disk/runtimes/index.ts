export {
  createRuntimeFinder,
  type InstalledRuntimes,
  type RuntimeFinder,
  type RuntimeFinderOptions,
} from './runtime-finder.ts';
