/** Runs the tests of plugins in their sandboxes. */

export { createPluginTests } from './plugin-tests.ts';
