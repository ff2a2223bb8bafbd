import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A plugin of many files that take one another in, as a program grows. */
export interface MadePlugin {
  readonly folder: string;
  /** Text by name in the plugin. */
  readonly files: ReadonlyMap<string, string>;
  remove(): Promise<void>;
}

/** Writes one with that many files of about four kilobytes each. */
export async function makePlugin(count: number): Promise<MadePlugin> {
  const folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-plugin-'));
  const files = new Map<string, string>();
  for (let index = 0; index < count; index++) files.set(nameOf(index), moduleText(index));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, text] of files) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return { folder, files, remove: () => rm(folder, { recursive: true, force: true }) };
}

function nameOf(index: number): string {
  return `part-${Math.floor(index / 25)}/module-${index}.js`;
}

function moduleText(index: number): string {
  const before = [index - 1, index - 7, Math.floor(index / 2)].filter(one => one >= 0 && one !== index);
  const imports = [...new Set(before)].map(
    one => `import { store as store${one}, load as load${one} } from '../${nameOf(one)}';`,
  );
  const uses = [...new Set(before)].map(
    one => `  if (kind === '${one}') return load${one}(id, store${one}.get(kind) ?? options);`,
  );
  const parts = Array.from({ length: 12 }, (_, part) => methodText(part));
  return [
    "import { readFile } from 'node:fs/promises';",
    "import path from 'node:path';",
    ...imports,
    'export const store = new Map();',
    'export async function load(id, options = {}) {',
    '  const { kind = String(id), folder = import.meta.dirname } = options;',
    ...uses,
    "  const file = path.join(folder, 'data', path.basename(kind) + '.json');",
    "  return JSON.parse(await readFile(file, 'utf8'));",
    '}',
    `export class Service${index} {`,
    '  #entries = [];',
    ...parts,
    '}',
    '',
  ].join('\n');
}

function methodText(part: number): string {
  return `
  async step${part}(name, values) {
    const kept = values.filter(value => value.length > ${part}).map(value => value.trim());
    for (const [at, value] of kept.entries()) {
      if (value === name) this.#entries.push({ name, at, text: \`\${name}: \${value}\` });
      else store.set(value, { kind: value, found: at > ${part} });
    }
    return this.#entries.length > 0 ? this.#entries.at(-1) : load(name, { kind: 'step${part}' });
  }`;
}
