import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateContributions } from '../../../scripts/generate-contributions.ts';
import { categories, rules } from '../../../src/analysis/index.ts';
import { commandId, commands, settings } from '../../../src/extension/contributions/index.ts';

const before = {
  name: 'x',
  contributes: { old: true },
  capabilities: { virtualWorkspaces: false },
  scripts: { a: 'b' },
};
const generated = generateContributions(before) as unknown as {
  name: string;
  activationEvents: string[];
  capabilities: Record<string, unknown>;
  contributes: {
    commands: { command: string; title: string; category: string }[];
    menus: Record<string, { command: string; when: string }[]>;
    configuration: {
      properties: Record<string, { scope: string; default: unknown; propertyNames?: { enum: string[] } }>;
    };
    viewsWelcome: { contents: string }[];
    old?: true;
  };
};

test('generating touches only its own keys, and a second time changes nothing', () => {
  assert.deepEqual(Object.keys(generated), [
    'name',
    'contributes',
    'capabilities',
    'scripts',
    'activationEvents',
  ]);
  assert.equal(generated.contributes.old, undefined);
  assert.equal(generated.capabilities['virtualWorkspaces'], false);
  assert.deepEqual(generateContributions(generated as unknown as Record<string, unknown>), generated);
});

test('menus and welcome texts name commands that exist', () => {
  const known = new Set(Object.keys(commands).map(name => `pluginWorkbench.${name}`));
  assert.deepEqual(new Set(generated.contributes.commands.map(({ command }) => command)), known);
  for (const items of Object.values(generated.contributes.menus)) {
    for (const { command } of items) assert.ok(known.has(command), command);
  }
  for (const { contents } of generated.contributes.viewsWelcome) {
    for (const [, id] of contents.matchAll(/\(command:(pluginWorkbench\.\w+)\)/g))
      assert.ok(known.has(id ?? ''));
  }
});

test('what needs a button has an icon', () => {
  for (const { command } of generated.contributes.menus['view/item/context'] ?? []) {
    const contribution = Object.entries(commands).find(
      ([name]) => commandId(name as keyof typeof commands) === command,
    );
    assert.ok(contribution?.[1] && 'icon' in contribution[1], command);
  }
});

test('no workspace can choose the node that runs, nor switch a sandbox off', () => {
  assert.equal(settings['node.path'].scope, 'machine');
  assert.equal(settings.unconfinedPlugins.scope, 'machine');
  assert.deepEqual(settings.unconfinedPlugins.default, []);
});

test('everything that runs a plugin is greyed out in an untrusted workspace', () => {
  for (const name of ['runPlugin', 'reloadPlugin', 'invokeCommand', 'createPlugin', 'restartHost'] as const) {
    assert.equal(commands[name].enablement, 'isWorkspaceTrusted', name);
  }
});

test('the settings about rules know every rule and category by name', () => {
  const { properties } = generated.contributes.configuration;
  assert.deepEqual(
    properties['pluginWorkbench.analysis.rules']?.propertyNames?.enum,
    rules.map(({ id }) => id),
  );
  assert.deepEqual(properties['pluginWorkbench.analysis.categories']?.propertyNames?.enum, [...categories]);
});
