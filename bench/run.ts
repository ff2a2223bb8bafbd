/**
 * The benchmarks: `npm run bench`. Each figure is printed beside the bare runtime measured in the same run, because
 * machines differ and drift; the ratio is what to quote.
 */
import { cpus } from 'node:os';
import { createBenchPlugin } from './bench-plugin.ts';
import { measureColdStart } from './measures/cold-start.ts';
import { measureIdleMemory } from './measures/idle-memory.ts';
import { measurePackageSize } from './measures/package-size.ts';
import { measureReload } from './measures/reload.ts';
import { measureRoundTrip } from './measures/round-trip.ts';
import { type Figure, renderFigure } from './statistics.ts';

const plugin = await createBenchPlugin();
try {
  process.stdout.write(
    `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}\n\n`,
  );
  process.stdout.write('| what | workbench | bare | ratio | how |\n|---|---|---|---|---|\n');
  const print = (figure: Figure | undefined): void => {
    if (figure) process.stdout.write(`${renderFigure(figure)}\n`);
  };
  print(await measureColdStart(plugin, 15));
  print(await measureReload(plugin, 15));
  for (const figure of await measureRoundTrip(plugin, 5000)) print(figure);
  print(await measureIdleMemory(plugin, 3));
  print(await measurePackageSize());
} finally {
  await plugin.dispose();
}
