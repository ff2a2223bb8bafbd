import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startEcho, startLanguageServer } from '../language-server.ts';
import { writeManyPlugins } from '../many-plugins.ts';
import { privateMebibytes } from '../private-memory.ts';
import { type Figure, median, quantile } from '../statistics.ts';

/** Reads and parses the same files, and nothing else. */
const bareProgram = `
const { readdirSync, readFileSync } = require('node:fs');
for (const name of readdirSync(process.argv[1])) JSON.parse(readFileSync(process.argv[1] + '/' + name + '/plugin.json', 'utf8'));`;

/**
 * A workspace of many plugins: checked cold by the server and by the command line, one edit until the plugin that needs
 * the edited one is marked, and what the server then holds in memory.
 */
export async function measureWorkspace(count: number, edits: number): Promise<readonly Figure[]> {
  const plugins = await writeManyPlugins(count);
  try {
    const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
    const bare = await wallMs(['-e', bareProgram, plugins.folder]);
    const validated = await wallMs([cli, 'validate', plugins.folder, '--format', 'json']);

    const server = await startLanguageServer(plugins.folder);
    const peer = startEcho();
    const samples: number[] = [];
    const echoes: number[] = [];
    let memory = Number.NaN;
    let bareMemory = Number.NaN;
    try {
      memory = await privateMebibytes(server.pid);
      const edited = Math.floor(count / 2);
      const dependant = plugins.manifest(edited + 1);
      const file = plugins.manifest(edited);
      const text = plugins.text(edited, '1.0.0');
      await server.open(file, text);
      const line = text.split('\n').findIndex(content => content.includes('"version"'));
      const column = text.split('\n')[line]?.indexOf('1.0.0') ?? 0;
      for (let edit = -20; edit < edits; edit++) {
        const breaks = edit % 2 === 0;
        const began = performance.now();
        const marked = server.diagnostics(
          dependant,
          ({ diagnostics }) => diagnostics.some(isVersion) === breaks,
        );
        await server.type(file, line, column, column + 1, breaks ? '2' : '1');
        await marked;
        const took = performance.now() - began;
        const sent = performance.now();
        await peer.echo(500);
        if (edit < 0) continue;
        samples.push(took);
        echoes.push(performance.now() - sent);
      }
      bareMemory = await privateMebibytes(peer.pid);
    } finally {
      await peer.stop();
      await server.stop();
    }
    const p99 = (all: readonly number[]): number => quantile(all, 0.99);
    const edit = (name: string, of: (all: readonly number[]) => number): Figure => ({
      name: `${count} plugins, edit → dependant marked, ${name}`,
      unit: 'ms',
      ours: of(samples),
      bare: of(echoes),
      note: `${edits} edits over stdio; bare: JSON-RPC echo by node`,
    });
    return [
      {
        name: `${count} plugins, server, cold`,
        unit: 'ms',
        ours: server.scanMs,
        bare,
        note: 'from `initialized` to the end of its progress; bare: node starts, reads and parses them',
      },
      {
        name: `${count} plugins, \`validate\`, cold`,
        unit: 'ms',
        ours: validated,
        bare,
        note: 'the whole process; bare as above',
      },
      edit('p50', median),
      edit('p99', p99),
      {
        name: `${count} plugins, server, private memory`,
        unit: 'MiB',
        ours: memory,
        bare: bareMemory,
        note: 'USS after the scan; bare: node with the echo',
      },
    ];
  } finally {
    await plugins.remove();
  }
}

function isVersion({ code }: { readonly code?: unknown }): boolean {
  return code === 'PW-MANIFEST-DEPENDENCY-VERSION';
}

async function wallMs(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'exit');
  return performance.now() - began;
}
