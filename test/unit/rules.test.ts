import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';

const rulesFile = new URL('../../.dependency-cruiser.mjs', import.meta.url).href;
const { default: config } = (await import(rulesFile)) as {
  default: { forbidden: IForbiddenRuleType[]; options: ICruiseOptions & { tsConfig: unknown } };
};

/** The names of the rules that a tree of source files breaks. Keys are paths under src. */
async function brokenRules(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const baseDir = await mkdtemp(join(tmpdir(), 'plugin-workbench-rules-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      const file = join(baseDir, 'src', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const { tsConfig: _, ...options } = config.options;
    const { output } = await cruise(['src'], {
      ...options,
      baseDir,
      validate: true,
      ruleSet: { forbidden: config.forbidden },
    });
    const { violations } = (output as ICruiseResult).summary;
    return [...new Set(violations.map(({ rule }) => rule.name))].sort();
  } finally {
    await rm(baseDir, { recursive: true, force: true });
  }
}

const broken: readonly { what: string; rule: string; files: Readonly<Record<string, string>> }[] = [
  {
    what: 'vscode outside the extension',
    rule: 'vscode-only-in-the-extension',
    files: { 'host/view.ts': "import * as vscode from 'vscode';\nexport const name = vscode.env.appName;\n" },
  },
  {
    what: 'a type of vscode outside the extension',
    rule: 'vscode-only-in-the-extension',
    files: { 'base/uri.ts': "import type { Uri } from 'vscode';\nexport type Address = Uri;\n" },
  },
  {
    what: 'the command line using the language server',
    rule: 'cli-uses-only-its-neighbours',
    files: {
      'server/index.ts': 'export const serve = 1;\n',
      'cli/main.ts': "import { serve } from '../server/index.ts';\nconsole.log(serve);\n",
    },
  },
  {
    what: 'the extension using the host in its own process',
    rule: 'extension-uses-only-its-neighbours',
    files: {
      'host/index.ts': 'export const run = 1;\n',
      'extension/extension.ts': "import { run } from '../host/index.ts';\nexport const go = run;\n",
    },
  },
  {
    what: 'a room entered past its index',
    rule: 'a-room-is-entered-by-its-index',
    files: {
      'base/error.ts': 'export const error = 1;\n',
      'host/host.ts': "import { error } from '../base/error.ts';\nexport const e = error;\n",
    },
  },
  {
    what: 'the file system in the manifest room',
    rule: 'manifest-and-analysis-are-pure',
    files: {
      'manifest/read.ts': "import { readFileSync } from 'node:fs';\nexport const r = readFileSync;\n",
    },
  },
  {
    what: 'the host inside the sandbox',
    rule: 'plugin-child-is-self-contained',
    files: {
      'host/index.ts': 'export const broker = 1;\n',
      'host/child/node.ts': "import { broker } from '../index.ts';\nexport const b = broker;\n",
    },
  },
  {
    what: 'two files that need one another',
    rule: 'no-cycles',
    files: {
      'base/a.ts': "import { b } from './b.ts';\nexport const a = (): unknown => b;\n",
      'base/b.ts': "import { a } from './a.ts';\nexport const b = (): unknown => a;\n",
    },
  },
];

describe('the dependency rules', () => {
  for (const { what, rule, files } of broken) {
    test(`refuse ${what}`, async () => {
      const rules = await brokenRules(files);
      assert.ok(rules.includes(rule), `broken: ${rules.join(', ') || 'none'}`);
    });
  }

  test('allow what is meant to be', async () => {
    const rules = await brokenRules({
      'base/index.ts': 'export const base = 1;\n',
      'host/index.ts': "import { base } from '../base/index.ts';\nexport const host = base;\n",
      'cli/main.ts': "import { host } from '../host/index.ts';\nconsole.log(host);\n",
      'extension/extension.ts':
        "import * as vscode from 'vscode';\nimport { base } from '../base/index.ts';\nexport const x = [vscode, base];\n",
    });
    assert.deepEqual(rules, []);
  });
});
