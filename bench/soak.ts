/**
 * Reloads plugins under load, many times, and fails when a call is lost or anything is left behind:
 * `npm run soak`, or `npm run soak -- --reloads 200 --languages node,python`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../scripts/build/index.ts';
import { createBenchHost } from './bench-host.ts';
import { benchLanguages, isInstalled } from './language-plugin.ts';
import { leftovers, soak } from './soak/soak.ts';

/** The heap may be so many times as large at the end as it was after the second tenth. */
const MOST_GROWTH = 1.5;

const { values } = parseArgs({
  options: {
    reloads: { type: 'string', default: '1000' },
    languages: { type: 'string', default: 'node' },
  },
});
const reloads = Number(values.reloads);
const wanted = values.languages.split(',');
const unknown = wanted.filter(id => !benchLanguages.some(language => language.id === id));
if (!Number.isSafeInteger(reloads) || reloads < 1 || unknown.length > 0) {
  process.stderr.write('Usage: soak [--reloads <number>] [--languages node,python,go,rust]\n');
  process.exit(2);
}

await ensureBuilt();
const { host, root, dispose } = await createBenchHost();
const temporaryFolder = join(root, 'tmp');
await mkdir(temporaryFolder);
process.env['TMPDIR'] = temporaryFolder;
try {
  for (const language of benchLanguages.filter(({ id }) => wanted.includes(id))) {
    if (!isInstalled(language)) {
      process.stdout.write(`${language.id}: skipped, ${language.needs[0]} is not installed\n`);
      continue;
    }
    const report = await soak({
      language,
      reloads,
      host,
      root: join(root, language.id),
      temporaryFolder,
      progress: n => {
        if (n % 100 === 0) process.stdout.write(`${language.id}: ${n} reloads\n`);
      },
    });
    const { calls, lost, p50, p99, heapGrowth } = report;
    const left = leftovers(report);
    process.stdout.write(
      `${language.id}: ${reloads} reloads, ${calls} calls, ${lost} lost; save → new code p50 ${p50.toFixed(0)} ms, ` +
        `p99 ${p99.toFixed(0)} ms; heap × ${heapGrowth.toFixed(2)}; left behind: ${left.join('; ') || 'nothing'}\n`,
    );
    if (lost > 0 || left.length > 0 || heapGrowth > MOST_GROWTH) process.exitCode = 1;
  }
} finally {
  await dispose();
}
