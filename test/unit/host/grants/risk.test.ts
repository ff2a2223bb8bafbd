import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainRisk } from '../../../../src/host/grants/risk.ts';
import type { Capability } from '../../../../src/manifest/index.ts';
import { capability } from './manifest.ts';

const cases: readonly (readonly [Capability, risk: string, words: string])[] = [
  [capability('filesystem', 'read', './data/**'), 'low', 'Read files: ./data/**'],
  [capability('filesystem', 'write', './data/**'), 'medium', 'Change files: ./data/**'],
  [capability('filesystem', 'read', '/etc/**'), 'high', 'Read files: /etc/**'],
  [capability('filesystem', 'read', './data/../../x'), 'high', 'Read files: ./data/../../x'],
  [capability('filesystem', 'write', '~/x'), 'high', 'Change files: ~/x'],
  [capability('network', 'connect', '*'), 'high', 'Reach any host on the network'],
  [
    capability('network', 'connect', 'a.example', { protocols: ['https'], ratePerMinute: 5 }),
    'medium',
    'Reach a.example on the network (by https; at most 5 times a minute)',
  ],
  [capability('process', 'run', 'git'), 'high', 'Run the program git'],
  [capability('environment', 'read', 'LANG'), 'medium', 'Read the environment variable LANG'],
  [capability('environment', 'read', 'API_TOKEN'), 'high', 'Read the environment variable API_TOKEN'],
  [capability('storage', 'write', '*'), 'low', 'Store data of its own'],
  [capability('system', 'notifications', '*'), 'low', 'Show messages'],
  [capability('system', 'clipboard', '*'), 'medium', 'Read and change the clipboard'],
  [
    capability('storage', 'write', '*', { maxBytes: 10 * 1024 * 1024 }),
    'low',
    'Store data of its own (at most 10 MB)',
  ],
  [capability('storage', 'read', '*', { maxBytes: 700 }), 'low', 'Read data of its own (at most 700 bytes)'],
  [capability('memory', 'read', '*'), 'low', 'Read shared memory'],
  [capability('memory', 'write', 'notes'), 'low', 'Change shared memory: notes'],
  [capability('ai', 'complete', 'gpt-4'), 'medium', 'Use the AI model gpt-4 (complete)'],
];
for (const [asked, risk, words] of cases) {
  test(`${words} is of ${risk} risk`, () => {
    const explained = explainRisk(asked);
    assert.deepEqual([explained.risk, explained.words], [risk, words]);
    assert.match(explained.why, /\.$/);
  });
}
