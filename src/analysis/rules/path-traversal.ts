import { shapeOfPath } from '../path-shape.ts';
import { everyLanguage, type Rule, type RuleContext } from '../rule.ts';
import type { SyntaxNode } from '../syntax/node.ts';

const READS = new Set(
  'access accessSync createReadStream exists existsSync lstat lstatSync open openSync opendir opendirSync readFile readFileSync readJson readJsonSync readdir readdirSync readlink readlinkSync realpath realpathSync stat statSync watch watchFile'.split(
    ' ',
  ),
);
const WRITES = new Set(
  'appendFile appendFileSync chmod chmodSync chown chownSync createWriteStream ensureDir ensureDirSync mkdir mkdirSync outputFile outputFileSync remove removeSync rm rmSync rmdir rmdirSync truncate truncateSync unlink unlinkSync utimes utimesSync writeFile writeFileSync writeJson writeJsonSync'.split(
    ' ',
  ),
);
/** Two paths: where from and where to. */
const MOVES = new Set(
  'copy copyFile copyFileSync copySync cp cpSync link linkSync move moveSync rename renameSync symlink symlinkSync'.split(
    ' ',
  ),
);

export const pathTraversalRule: Rule = {
  id: 'PW-JS-PATH-TRAVERSAL',
  title: 'A file path climbs out of its folder',
  category: 'files',
  cwe: 22,
  severity: 'error',
  confidence: 'medium',
  languages: everyLanguage,
  docs: {
    risk: 'With `..` in it a path leaves the folder the plugin was given; with a part that is not a constant it can end anywhere.',
    remedy: "Stay below the plugin's own folder; resolve the path and check that it begins with that folder.",
    bad: "fs.writeFile(dir + '/../' + name, data, done);",
    good: 'fs.writeFile(path.join(dir, path.basename(name)), data, done);',
  },
  nodes: ['call_expression'],
  check: (node, context) => {
    const { callee, args } = context.callAt(node);
    const method = /^module:fs\.(?:promises\.)?(\w+)$/.exec(callee ?? '')?.[1];
    if (method === undefined) return;
    const moves = MOVES.has(method);
    const writes = moves || WRITES.has(method);
    if (!writes && !READS.has(method)) return;
    for (const argument of (args ?? []).slice(0, moves ? 2 : 1)) checkPath(argument, method, writes, context);
  },
};

function checkPath(argument: SyntaxNode, method: string, writes: boolean, context: RuleContext): void {
  const shape = shapeOfPath(argument, context.names);
  if (!shape.climbs) return;
  if (shape.variable) {
    context.report(argument, {
      message: `The path given to \`${method}\` contains \`..\` and a part that is not a constant.`,
      severity: writes ? 'error' : 'warning',
    });
  } else {
    context.report(argument, {
      message: `The path given to \`${method}\` climbs out with \`..\`.`,
      severity: writes ? 'warning' : 'info',
    });
  }
}
