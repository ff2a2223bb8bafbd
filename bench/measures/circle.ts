import { setTimeout } from 'node:timers/promises';
import { startEcho, startLanguageServer } from '../language-server.ts';
import { writeManyPlugins } from '../many-plugins.ts';
import { type Figure, median, quantile } from '../statistics.ts';

/** Between two edits, in milliseconds. */
const PAUSE_MS = 500;

/** All plugins of a workspace in one single circle: it is opened and closed, until the next plugin in it is told. */
export async function measureCircle(count: number, edits: number): Promise<readonly Figure[]> {
  const plugins = await writeManyPlugins(count, n => [(n + 1) % count]);
  const server = await startLanguageServer(plugins.folder);
  const peer = startEcho();
  const samples: number[] = [];
  const echoes: number[] = [];
  try {
    const edited = Math.floor(count / 2);
    const next = plugins.manifest(edited + 1);
    const file = plugins.manifest(edited);
    const text = plugins.text(edited, '1.0.0');
    await server.open(file, text);
    const lines = text.split('\n');
    const line = lines.findIndex(content => content.includes('"^1.0.0"'));
    const column = (lines[line]?.indexOf('plugin-') ?? 0) + 'plugin-'.length;
    for (let edit = -4; edit < edits; edit++) {
      const opens = edit % 2 === 0;
      const began = performance.now();
      const told = server.diagnostics(next, ({ diagnostics }) => diagnostics.some(isCycle) !== opens);
      await server.type(file, line, column, column + 1, opens ? 'x' : '0');
      await told;
      const took = performance.now() - began;
      // The rest of the circle is told meanwhile: the pipe is a queue, and the next edit would wait behind it.
      await setTimeout(PAUSE_MS);
      const sent = performance.now();
      await peer.echo(500);
      if (edit < 0) continue;
      samples.push(took);
      echoes.push(performance.now() - sent);
    }
  } finally {
    await peer.stop();
    await server.stop();
    await plugins.remove();
  }
  const figure = (name: string, of: (all: readonly number[]) => number): Figure => ({
    name: `${count} plugins in one circle, opened or closed → the next marked, ${name}`,
    unit: 'ms',
    ours: of(samples),
    bare: of(echoes),
    note: `${edits} edits over stdio, each of which concerns all plugins; bare: JSON-RPC echo by node`,
  });
  return [figure('p50', median), figure('p99', all => quantile(all, 0.99))];
}

function isCycle({ code }: { readonly code?: unknown }): boolean {
  return code === 'PW-MANIFEST-DEPENDENCY-CYCLE';
}
