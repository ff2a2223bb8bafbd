import type { Effect } from '../../effect.ts';
import { desktopEffects } from './desktop.ts';
import { fileEffects } from './files.ts';
import { networkEffects } from './network.ts';
import { processEffects } from './processes.ts';

/** What JavaScript and TypeScript call, in Node.js, browsers and popular packages. */
export const javascriptEffects: readonly Effect[] = [
  ...fileEffects,
  ...networkEffects,
  ...processEffects,
  ...desktopEffects,
];
