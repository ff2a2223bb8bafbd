import type { SdkEffect } from '../../effect.ts';
import { outsideEffects } from './outside.ts';
import { togetherEffects } from './together.ts';

/** What the SDKs of all four languages offer, by the names each gives it. */
export const sdkEffects: readonly SdkEffect[] = [...outsideEffects, ...togetherEffects];
