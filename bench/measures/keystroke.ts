import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startEcho, startLanguageServer } from '../language-server.ts';
import { privateMebibytes } from '../private-memory.ts';
import { type Figure, median, quantile } from '../statistics.ts';

const example = fileURLToPath(new URL('../../test/unit/manifest/fixtures/aihub/', import.meta.url));
/** How often a key is pressed before anything is counted: the code is compiled by then. */
const warmUp = 200;

/**
 * Typing in a manifest of 110 lines: from the key until its diagnostics, and until its completions, are there; through
 * the real server over stdio, beside a bare node that only echoes.
 */
export async function measureKeystroke(keys: number): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-bench-'));
  await cp(example, folder, { recursive: true });
  const file = join(folder, 'plugin.json');
  const text = await readFile(file, 'utf8');
  const lines = text.split('\n');
  const line = lines.findIndex(content => content.includes('"description"'));
  const column = (lines[line]?.lastIndexOf('"') ?? 0) - 1;
  const server = await startLanguageServer(folder);
  const peer = startEcho();
  const diagnosed: number[] = [];
  const completed: number[] = [];
  const echoed: number[] = [];
  let memory = Number.NaN;
  let bareMemory = Number.NaN;
  try {
    const first = server.diagnostics(file, () => true);
    await server.open(file, text);
    // As long as what travels for a key: the edit one way, the diagnostics the other.
    const size = JSON.stringify(await first).length;
    const press = (key: number): Promise<number> =>
      key % 2 === 0
        ? server.type(file, line, column, column, 'x')
        : server.type(file, line, column, column + 1, '');
    for (let key = -warmUp; key < keys; key++) {
      let began = performance.now();
      const version = await press(key);
      await server.diagnostics(file, params => params.version === version);
      const took = performance.now() - began;
      began = performance.now();
      await peer.echo(size);
      const bare = performance.now() - began;
      if (key < 0) continue;
      diagnosed.push(took);
      echoed.push(bare);
    }
    const inside = lines.findIndex(content => /^ {2}"/.test(content) && content.trimEnd().endsWith('{')) + 1;
    const position = { line: inside, character: lines[inside]?.indexOf('"') ?? 0 };
    for (let key = -warmUp; key < keys; key++) {
      const began = performance.now();
      await press(key);
      await server.connection.sendRequest('textDocument/completion', {
        textDocument: { uri: pathToFileURL(file).href },
        position: { ...position, character: position.character + 1 },
      });
      if (key >= 0) completed.push(performance.now() - began);
    }
    memory = await privateMebibytes(server.pid);
    bareMemory = await privateMebibytes(peer.pid);
  } finally {
    await peer.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const figures = (what: string, ours: readonly number[]): Figure[] =>
    [['p50', median] as const, ['p99', (samples: readonly number[]) => quantile(samples, 0.99)] as const].map(
      ([name, of]) => ({
        name: `${what}, ${lines.length} lines, ${name}`,
        unit: 'ms',
        ours: of(ours),
        bare: of(echoed),
        note: `${keys} keys over stdio; bare: JSON-RPC echo by node`,
      }),
    );
  return [
    ...figures('key → diagnostics', diagnosed),
    ...figures('key → completions', completed),
    {
      name: 'language server, one manifest, private memory',
      unit: 'MiB',
      ours: memory,
      bare: bareMemory,
      note: 'USS after all these keys; bare: node with the echo',
    },
  ];
}
