export { type CompletionSupport, completeManifest, completionSupportOf } from './complete.ts';
