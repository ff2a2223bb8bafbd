import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { movingCalls, readingCalls, writingCalls } from './file-calls.ts';
import { javascriptLanguages } from './languages.ts';

/** Calls outside `fs` that read or write the file named by an argument. */
const OTHER_CALLS: Readonly<Record<string, number>> = {
  'web.Response.sendFile': 0,
  'web.Response.sendfile': 0,
  'web.Response.download': 0,
  'web.Response.attachment.sendFile': 0,
  send: 1,
  'koa-send': 1,
  '**.sendFile': 0,
  '**.extractAllTo': 0,
  '**.mv': 0,
  del: 0,
  rimraf: 0,
  'rimraf.sync': 0,
  'glob.sync': 0,
  sharp: 0,
  'global.Bun.file': 0,
  'global.Bun.write': 0,
  'global.Deno.readTextFile': 0,
  'global.Deno.readFile': 0,
  'global.Deno.writeTextFile': 0,
  'vscode.Uri.file': 0,
};

export const pathTraversalRule: Rule = {
  id: 'PW-JS-PATH-TRAVERSAL',
  title: 'A file path is chosen by others, or climbs out of its folder',
  category: 'path-traversal',
  cwe: 22,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'With `..` in it a path leaves the folder it is meant for: keys are read, programs are overwritten.',
    remedy: 'Take `path.basename` of names, or resolve the path and check that it begins with the folder.',
    bad: "require('fs').writeFile(dir + '/../' + name, data, done);",
    good: "require('fs').writeFile(require('path').join(dir, require('path').basename(name)), data, done);",
  },
  watches: [
    { on: 'call', of: readingCalls, check: (call, context) => check(call, [0], false, context) },
    { on: 'call', of: writingCalls, check: (call, context) => check(call, [0], true, context) },
    { on: 'call', of: movingCalls, check: (call, context) => check(call, [0, 1], true, context) },
    ...Object.entries(OTHER_CALLS).map(([of, at]): Rule['watches'][number] => ({
      on: 'call',
      of: [of],
      check: (call, context) => check(call, [at], true, context),
    })),
  ],
};

function check(call: CallEvent, positions: readonly number[], writes: boolean, context: RuleContext): void {
  const { values } = context;
  const root = call.option('root');
  for (const position of positions) {
    const argument = call.argument(position);
    if (argument === undefined) continue;
    const taint = values.taintOf(argument.value, 'path-traversal');
    // With a root express and its like refuse to leave it.
    if (taint?.level === 'user' && root === undefined) {
      context.report(call.node, {
        message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} decides which file \`${call.method}\` gets.`,
        taint,
      });
      return;
    }
    const pattern = values.patternOf(argument.value);
    if (!/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(pattern)) continue;
    const isFixed = values.isFixed(argument.value) || !pattern.replace(/^\*[\\/]/, '').includes('*');
    context.report(call.node, {
      message: isFixed
        ? `The path given to \`${call.method}\` climbs out with \`..\`.`
        : `The path given to \`${call.method}\` contains \`..\` and a part that is not a constant.`,
      severity: isFixed ? 'info' : writes ? 'warning' : 'info',
      taint,
    });
    return;
  }
}
