import type { Metafile } from 'esbuild';

const inKilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`;

/** The package an input file belongs to; our own source is one. */
function packageOf(input: string): string {
  const inside = input.split('node_modules/').at(-1);
  if (inside === undefined || inside === input) return 'src';
  const [scope = '', name = ''] = inside.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** One line a bundle: its size and the three packages that weigh most. */
export function sizeLine(outfile: string, metafile: Metafile): string {
  const output = metafile.outputs[outfile];
  if (output === undefined) throw new Error(`The build's report doesn't know ${outfile}.`);
  const weights = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    const name = packageOf(input);
    weights.set(name, (weights.get(name) ?? 0) + bytesInOutput);
  }
  const heaviest = [...weights]
    .sort(([, left], [, right]) => right - left)
    .slice(0, 3)
    .map(([name, bytes]) => `${name} ${inKilobytes(bytes)}`);
  return `  ${outfile.padEnd(24)} ${inKilobytes(output.bytes).padStart(9)}   ${heaviest.join(', ')}`;
}
