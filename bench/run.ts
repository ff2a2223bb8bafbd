/**
 * The benchmarks: `npm run bench`, or some of them: `npm run bench -- keystroke workspace`. Each figure is printed
 * beside the bare runtime measured in the same run, because machines differ and drift; the ratio is what to quote.
 */
import { cpus } from 'node:os';
import { ensureBuilt } from '../scripts/build/index.ts';
import { isVscodeServerInstalled } from '../scripts/vscode-server/index.ts';
import { type BenchPlugin, createBenchPlugin } from './bench-plugin.ts';
import { measureActivation } from './measures/activation.ts';
import { measureBreach } from './measures/breach.ts';
import { measureCircle } from './measures/circle.ts';
import { measureColdStart } from './measures/cold-start.ts';
import { measureCrowd } from './measures/crowd.ts';
import { measureIdleMemory } from './measures/idle-memory.ts';
import { measureKeystroke } from './measures/keystroke.ts';
import { measureLanguages } from './measures/languages.ts';
import { measureMessages } from './measures/messages.ts';
import { measurePackageSize } from './measures/package-size.ts';
import { measureReload } from './measures/reload.ts';
import { measureRoundTrip } from './measures/round-trip.ts';
import { measureScan } from './measures/scan.ts';
import { measureSharedMemory } from './measures/shared-memory.ts';
import { measureWorkspace } from './measures/workspace.ts';
import { type Figure, renderFigure } from './statistics.ts';

type Figures = Figure | readonly Figure[] | undefined;
type Measure = () => Promise<Figures>;

const withPlugin =
  (measure: (plugin: BenchPlugin) => Promise<Figures>): Measure =>
  async () => {
    const plugin = await createBenchPlugin();
    try {
      return await measure(plugin);
    } finally {
      await plugin.dispose();
    }
  };

const measures: Readonly<Record<string, Measure>> = {
  'cold-start': withPlugin(plugin => measureColdStart(plugin, 15)),
  reload: withPlugin(plugin => measureReload(plugin, 15)),
  'round-trip': withPlugin(plugin => measureRoundTrip(plugin, 5000)),
  languages: measureLanguages,
  messages: measureMessages,
  'shared-memory': () => measureSharedMemory(5),
  'idle-memory': withPlugin(plugin => measureIdleMemory(plugin, 3)),
  crowd: () => measureCrowd(50),
  breach: () => measureBreach(40),
  keystroke: () => measureKeystroke(2000),
  workspace: () => measureWorkspace(1000, 200),
  circle: () => measureCircle(1000, 40),
  scan: () => measureScan(1000, 300),
  activation: measureActivation,
  'package-size': measurePackageSize,
};

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !Object.hasOwn(measures, name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no measure ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}.\n`,
  );
  process.exit(2);
}
// Opening a real VS Code is not worth an installation of several minutes, unless that is what is wanted.
const byDefault = Object.keys(measures).filter(name => name !== 'activation' || isVscodeServerInstalled());

await ensureBuilt();
process.stdout.write(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}\n\n`);
process.stdout.write('| what | workbench | bare | ratio | how |\n|---|---|---|---|---|\n');
for (const name of asked.length > 0 ? asked : byDefault) {
  const figures = (await measures[name]?.()) ?? [];
  for (const figure of [figures].flat()) process.stdout.write(`${renderFigure(figure)}\n`);
}
