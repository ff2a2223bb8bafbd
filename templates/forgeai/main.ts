import { readFile } from 'node:fs/promises';
import type { PluginContext } from 'plugin-workbench';

interface ExecutionResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly executions: number;
}

interface State {
  readonly executions: number;
}

/** The language this executor knows: one `print TEXT` a line. */
const language = '{{id}}';

/** How many scripts were executed. A live reload carries it over. */
let executions = 0;

/** Called once, when the plugin starts. ForgeAI calls the three methods of its executor interface. */
export function activate({ commands, log, name, version }: PluginContext): void {
  commands.register('supportedLanguages', () => [language]);

  commands.register('execute', (args: { language: string; code: string } | null) => {
    if (args?.language !== language) throw new Error(`${name} executes ${language}, not ${args?.language}`);
    return execute(args.code);
  });

  commands.register('executeFile', async (args: { filePath: string } | null, { signal }) =>
    // plugin-workbench-disable-next-line PW-JS-PATH-TRAVERSAL -- the sandbox opens only what the manifest allows
    execute(await readFile(String(args?.filePath), { encoding: 'utf8', signal })),
  );

  log.info(`${name} ${version} is ready`);
}

/** Runs a script; the first line it can't read ends it. */
function execute(code: string): ExecutionResult {
  executions += 1;
  const output: string[] = [];
  for (const [index, line] of code.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    if (!line.startsWith('print ')) {
      return { stdout: output.join(''), stderr: `line ${index + 1}: expected print\n`, exitCode: 1, executions };
    }
    output.push(`${line.slice('print '.length)}\n`);
  }
  return { stdout: output.join(''), stderr: '', exitCode: 0, executions };
}

/** What a live reload hands to the next instance. */
export function getState(): State {
  return { executions };
}

/** Takes over from the instance before. */
export function restoreState(state: State): void {
  executions = state.executions;
}
