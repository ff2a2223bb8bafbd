import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAnalyzer, createParseCache } from '../../src/analysis/index.ts';
import { type Peer, peers, peersFolder } from '../detection/peers.ts';
import { timeOf } from '../scan/child-time.ts';
import { type Corpus, type CorpusLanguage, corpusLanguages, makeCorpus } from '../scan/corpus.ts';
import { makePlugin } from '../scan/made-plugin.ts';
import { type Figure, median, quantile } from '../statistics.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const wasm = fileURLToPath(new URL('../../dist/wasm/', import.meta.url));
const scanArgs = ['scan', '--no-cache', '--all', '--format', 'json'];

/** Parse and all rules by language beside other scanners, a plugin of many files cold, and one edit in one. */
export async function measureScan(files: number, edits: number): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const language of corpusLanguages) {
    const corpus = await makeCorpus(language);
    if (corpus === undefined) {
      process.stderr.write(`scan: no ${language} on this machine to measure with\n`);
      continue;
    }
    try {
      figures.push(await speedOf(language, corpus));
    } finally {
      await corpus.remove();
    }
  }
  figures.push(await coldFigure(files), ...(await editFigures(100, edits)));
  return figures;
}

/** Processor time of whole processes, ours on one thread, over the same files. */
async function speedOf(language: CorpusLanguage, corpus: Corpus): Promise<Figure> {
  const speed = (cpuMs: number): number => corpus.bytes / 1000 / cpuMs;
  const own = await timeOf(process.execPath, [cli, ...scanArgs, '--jobs', '1', corpus.folder], corpus.folder);
  const peer = await peerTime(language, corpus);
  const what = `${(corpus.bytes / 1e6).toFixed(1)} MB in ${corpus.files.length} files, ${corpus.origin}; processor time of the whole process`;
  return {
    name: `scan, ${language}, parse + all rules`,
    unit: 'MB/s',
    ours: speed(own.cpuMs),
    ...(peer === undefined ? {} : { bare: speed(peer.cpuMs) }),
    note: peer === undefined ? what : `${what}; beside it ${peer.name}`,
  };
}

async function peerTime(
  language: CorpusLanguage,
  corpus: Corpus,
): Promise<{ readonly name: string; readonly cpuMs: number } | undefined> {
  const name = language === 'Python' ? 'bandit' : 'eslint-plugin-security';
  if (language === 'Go' || language === 'Rust') return undefined;
  const peer = peers.find(one => one.name === name);
  if (peer === undefined || !(await isThere(peer))) return undefined;
  if (name === 'bandit') {
    const program = join(peersFolder, 'bandit/bin/bandit');
    return { name, ...(await timeOf(program, ['-q', '-r', '-f', 'json', corpus.folder], corpus.folder)) };
  }
  // ESLint looks at nothing that does not lie below its configuration.
  const home = join(peersFolder, 'eslint');
  const copy = await mkdtemp(join(home, 'files-'));
  try {
    await cp(corpus.folder, copy, { recursive: true });
    const program = join(home, 'node_modules/.bin/eslint');
    return { name, ...(await timeOf(program, ['--format', 'json', '--no-inline-config', copy], home)) };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function isThere(peer: Peer): Promise<boolean> {
  try {
    await peer.ensure();
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    process.stderr.write(`scan: ${peer.name} can’t be installed here, so it is left out: ${reason}\n`);
    return false;
  }
}

const bareProgram = `
const { readdirSync, readFileSync } = require('node:fs');
for (const name of readdirSync(process.argv[1], { recursive: true })) if (name.endsWith('.js')) readFileSync(process.argv[1] + '/' + name, 'utf8');`;

async function coldFigure(count: number): Promise<Figure> {
  const plugin = await makePlugin(count);
  try {
    const bare = await timeOf(process.execPath, ['-e', bareProgram, plugin.folder], plugin.folder);
    const own = await timeOf(process.execPath, [cli, ...scanArgs, plugin.folder], plugin.folder);
    const bytes = [...plugin.files.values()].reduce((sum, text) => sum + text.length, 0);
    return {
      name: `scan, plugin of ${count} files, cold`,
      unit: 'ms',
      ours: own.wallMs,
      bare: bare.wallMs,
      note: `${(bytes / 1e6).toFixed(1)} MB, ${cpus().length} cores, without cache; bare: node starts and reads them`,
    };
  } finally {
    await plugin.remove();
  }
}

/** One file of a plugin changes and is looked at again with what it takes in, as the editor does it. */
async function editFigures(count: number, edits: number): Promise<Figure[]> {
  const plugin = await makePlugin(count);
  await plugin.remove();
  const analyzer = await createAnalyzer({ loadWasm: name => readFile(join(wasm, name)) });
  const texts = new Map(plugin.files);
  const edited = [...texts.keys()][count - 1] ?? '';
  const whole = texts.get(edited) ?? '';
  const parses = createParseCache();
  const samples: number[] = [];
  const bare: number[] = [];
  for (let edit = -20; edit < edits; edit++) {
    texts.set(edited, `${whole}export const edit = ${edit};\n`);
    const began = performance.now();
    const project = analyzer.open({
      read: name => {
        const text = texts.get(name);
        return text === undefined ? undefined : { text, language: 'javascript' };
      },
      absolute: name => `/${name}`,
      isTarget: name => name === edited,
      parses,
    });
    project.analyze(edited);
    const took = performance.now() - began;
    const alone = performance.now();
    analyzer.analyze({ file: `/${edited}`, text: texts.get(edited) ?? '' });
    if (edit < 0) continue;
    samples.push(took);
    bare.push(performance.now() - alone);
  }
  const figure = (name: string, of: (all: readonly number[]) => number): Figure => ({
    name: `scan, one edit in a plugin of ${count} files, ${name}`,
    unit: 'ms',
    ours: of(samples),
    bare: of(bare),
    note: `${edits} edits, the file and what it takes in; bare: the file by itself`,
  });
  return [figure('p50', median), figure('p99', all => quantile(all, 0.99))];
}
