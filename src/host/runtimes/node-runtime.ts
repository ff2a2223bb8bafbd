import path from 'node:path';
import semver from 'semver';
import type { NodeFinder, NodeRuntime } from './node.ts';
import { nodeReporter } from './node-reporter.ts';
import type { PrepareRequest, RuntimeProvider, ShippedPaths, TestRunner } from './port.ts';

/** Where the bootstrap and the SDK package stand inside the sandbox; every module there resolves the SDK's name. */
const CHILD_INSIDE = '/workbench/child.cjs';
const SDK_INSIDE = '/node_modules/plugin-workbench';

/** Runs JavaScript and TypeScript plugins: Node.js, with a bootstrap that loads the plugin's entry. */
export function createNodeRuntime(finder: NodeFinder, shipped: ShippedPaths): RuntimeProvider {
  const { childScript } = shipped;
  const sdkDir = path.join(shipped.sdkRoot, 'node');
  return {
    id: 'node',
    prepare: async request => {
      const { source, mounts } = request;
      const node = await finder.find(source.dir, source.manifest.dependencies.runtimes['node']);
      return {
        version: node.version,
        description: node.description,
        command: [node.path, ...nodeFlags(request, node), mounts ? CHILD_INSIDE : childScript],
        runtimePaths: mounts ? node.runtimePaths : [...node.runtimePaths, childScript, sdkDir],
        mounts: mounts
          ? [
              { from: childScript, to: CHILD_INSIDE },
              { from: sdkDir, to: SDK_INSIDE },
            ]
          : [],
        tests: nodeTests(request, node),
        env: {
          NODE_ENV: 'development',
          ...node.env,
          ...(mounts ? {} : { PLUGIN_WORKBENCH_SDK: sdkDir }),
        },
      };
    },
  };
}

function nodeTests(request: PrepareRequest, node: NodeRuntime): TestRunner {
  // What tests try is theirs to see, and no news for the audit.
  const flags = nodeFlags({ ...request, confined: false, debug: false }, node);
  const reporter = ['--test', `--test-reporter=${nodeReporter}`];
  return {
    name: 'node --test',
    advice:
      'Write one into a file such as index.test.js: import test from "node:test"; test("counts", () => { … }).',
    command: filter => [
      node.path,
      ...flags,
      ...reporter,
      ...(filter === undefined ? [] : [`--test-name-pattern=${escapeForPattern(filter)}`]),
    ],
  };
}

/** The filter is text, and a pattern to node. */
function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/**
 * V8 is told to collect well before the memory limit, so that garbage alone does not end a plugin. Warnings stay on:
 * they are about the plugin's own code, and its author wants them in the log.
 */
function nodeFlags({ limits, source, confined, debug }: PrepareRequest, node: NodeRuntime): string[] {
  const heapMib = Math.floor((limits.memoryBytes * 0.75) / 1024 / 1024);
  const flags = [`--max-old-space-size=${heapMib}`];
  const typescript = /\.[cm]?ts$/.test(source.entry);
  if (typescript && semver.satisfies(node.version, '>=22.6.0 <22.18.0 || >=23.0.0 <23.6.0')) {
    flags.push('--experimental-strip-types');
  }
  // The inspector's own address is of no use outside, and no news.
  if (debug) flags.push('--inspect-publish-uid=http');
  // Denies nothing: the kernel does. It tells of accesses elsewhere, which end up in the audit when they are refused.
  // With it, Node lets no debugger in.
  if (confined && node.audits && !debug) {
    const expected = [source.dir, ...node.runtimePaths, '/proc', '/dev'];
    flags.push('--permission-audit', ...expected.map(place => `--allow-fs-read=${place}`));
  }
  return flags;
}
