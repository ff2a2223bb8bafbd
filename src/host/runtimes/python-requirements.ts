import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { WorkbenchError } from '../../base/index.ts';

/** What a plugin's `requirements.txt` asks for. */
export interface Requirements {
  /** Absolute path of the file. */
  readonly file: string;
  readonly text: string;
  /** The names of the packages, as they are written, and where: 1-based lines. */
  readonly packages: readonly { readonly name: string; readonly line: number }[];
}

const requirement = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[A-Za-z0-9._,\s-]*\])?\s*(?:[(=<>!~;,].*)?$/;

/**
 * Reads the packages a plugin requires; `undefined` when it requires none. Only packages of a registry by name and
 * version can be installed: what else pip understands would let the plugin's folder, or any address, decide what runs
 * while it is installed.
 *
 * @throws WorkbenchError `PW-REQUIREMENTS` at the line that asks for something else
 */
export async function readRequirements(pluginDir: string): Promise<Requirements | undefined> {
  const file = path.join(pluginDir, 'requirements.txt');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const packages = logicalLines(text).map(({ content, line }) => {
    const name = requirement.exec(content)?.[1];
    if (name !== undefined && !/@|:\/\/|\s-/.test(content)) return { name, line };
    throw new WorkbenchError(
      'PW-REQUIREMENTS',
      `requirements.txt asks for "${content}", and only packages by name and version can be installed.`,
      {
        nextStep: `Make a virtual environment in the plugin's folder (python3 -m venv .venv) and install there what it needs.`,
        details: { location: { file, line, column: 1 } },
      },
    );
  });
  return packages.length === 0 ? undefined : { file, text, packages };
}

/** Lines without comments, hashes and blank ones; one that ends in a backslash goes on in the next. */
function logicalLines(text: string): { readonly content: string; readonly line: number }[] {
  const lines: { content: string; line: number }[] = [];
  let open: { content: string; line: number } | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const goesOn = raw.endsWith('\\');
    const part = (goesOn ? raw.slice(0, -1) : raw).replace(/(^|\s)#.*$/, '');
    open ??= { content: '', line: index + 1 };
    open.content = `${open.content} ${part}`;
    if (goesOn) continue;
    lines.push(open);
    open = undefined;
  }
  if (open !== undefined) lines.push(open);
  return lines
    .map(({ content, line }) => ({ content: content.replace(/\s--hash[=\s]\S+/g, '').trim(), line }))
    .filter(({ content }) => content !== '');
}
