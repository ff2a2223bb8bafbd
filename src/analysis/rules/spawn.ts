import { everyLanguage, type Rule } from '../rule.ts';

const STARTERS = new Set([
  'module:child_process.spawn',
  'module:child_process.spawnSync',
  'module:child_process.execFile',
  'module:child_process.execFileSync',
  'module:child_process.fork',
  'module:cluster.fork',
  'module:execa.execa',
  'module:execa.execaSync',
]);

export const spawnRule: Rule = {
  id: 'PW-JS-SPAWN',
  title: 'Another program is started',
  category: 'process',
  cwe: 77,
  severity: 'warning',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'The started program has the permissions of the plugin; when its name is computed, whoever influences it chooses what runs.',
    remedy:
      'Name the program as a constant, check the arguments, and ask for the process capability in the manifest.',
    bad: 'spawn(settings.tool, [file]);',
    good: "spawn('ffmpeg', ['-i', file]);",
  },
  nodes: ['call_expression'],
  check: (node, context) => {
    const { callee, target, args } = context.callAt(node);
    if (callee === undefined || !STARTERS.has(callee)) return;
    const name = callee.slice(callee.lastIndexOf('.') + 1);
    const command = args?.[0] && context.names.constantOf(args[0]);
    if (command === undefined) {
      context.report(target, { message: `\`${name}\` starts a program whose name is not a constant.` });
    } else {
      context.report(target, { message: `\`${name}\` starts \`${String(command)}\`.`, severity: 'info' });
    }
  },
};
