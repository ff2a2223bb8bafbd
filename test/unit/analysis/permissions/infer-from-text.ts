import { createInference, type Inference, type Need } from '../../../../src/analysis/permissions/index.ts';
import { loadWasm } from '../analyzer-from-modules.ts';

let loaded: Promise<Inference> | undefined;

/** What the files of a plugin need, found out as the product does. */
export async function needsIn(files: Readonly<Record<string, string>>): Promise<readonly Need[]> {
  loaded ??= createInference({ loadWasm });
  const inference = await loaded;
  const { needs } = await inference.infer({
    files: Object.keys(files),
    textOf: file => files[file],
    absolute: file => `/plugin/${file}`,
  });
  return needs;
}

/** Each need in one line: `filesystem read ./data/*.json`. */
export function linesOf(needs: readonly Need[]): string[] {
  return needs.map(({ scope, action, resource }) => `${scope} ${action} ${resource}`);
}
