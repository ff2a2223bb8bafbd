import { readFile } from 'node:fs/promises';

/** The language this executor knows: one `print TEXT` a line. */
const language = '{{id}}';

/** How many scripts were executed. A live reload carries it over. */
let executions = 0;

/**
 * Called once, when the plugin starts. ForgeAI calls the three methods of its executor interface.
 *
 * @param {import('plugin-workbench').PluginContext} context
 */
export function activate({ commands, log, name, version }) {
  commands.register('supportedLanguages', () => [language]);

  commands.register('execute', args => {
    if (args?.language !== language) throw new Error(`${name} executes ${language}, not ${args?.language}`);
    return execute(String(args.code));
  });

  commands.register('executeFile', async (args, { signal }) =>
    // plugin-workbench-disable-next-line PW-JS-PATH-TRAVERSAL -- the sandbox opens only what the manifest allows
    execute(await readFile(String(args?.filePath), { encoding: 'utf8', signal })),
  );

  log.info(`${name} ${version} is ready`);
}

/**
 * Runs a script; the first line it can't read ends it.
 *
 * @param {string} code
 */
function execute(code) {
  executions += 1;
  const output = [];
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
export function getState() {
  return { executions };
}

/**
 * Takes over from the instance before.
 *
 * @param {{ executions: number }} state
 */
export function restoreState(state) {
  executions = state.executions;
}
