import type { Effect } from '../../effect.ts';
import { desktopEffects } from './desktop.ts';
import { fileEffects } from './files.ts';
import { networkEffects } from './network.ts';
import { processEffects } from './processes.ts';

/** What Python calls, in its standard library and popular packages. */
export const pythonEffects: readonly Effect[] = [
  ...fileEffects,
  ...networkEffects,
  ...processEffects,
  ...desktopEffects,
];
