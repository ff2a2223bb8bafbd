import { everyLanguage, type Rule, type RuleContext } from '../rule.ts';
import type { SyntaxNode } from '../syntax/node.ts';

const SHELLS = new Set([
  'module:child_process.exec',
  'module:child_process.execSync',
  'module:execa.execaCommand',
  'module:execa.execaCommandSync',
  'module:shelljs.exec',
]);
const SHELL_ON_REQUEST = new Set([
  'module:child_process.spawn',
  'module:child_process.spawnSync',
  'module:child_process.execFile',
  'module:child_process.execFileSync',
]);

export const shellCommandRule: Rule = {
  id: 'PW-JS-EXEC',
  title: 'A command line is run by a shell',
  category: 'process',
  cwe: 78,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'A shell reads `;`, `$(…)`, `|` and quotes in the text: a file name or an answer from the network becomes another command.',
    remedy: 'Use `execFile` or `spawn` without `shell`, with the arguments as a list.',
    bad: "exec('git log ' + branch);",
    good: "execFile('git', ['log', '--', branch]);",
  },
  nodes: ['call_expression'],
  check: (node, context) => {
    const { callee, target, args } = context.callAt(node);
    if (callee === undefined) return;
    if (!SHELLS.has(callee) && !(SHELL_ON_REQUEST.has(callee) && asksForShell(args, context))) return;
    const name = callee.slice(callee.lastIndexOf('.') + 1);
    if (args !== undefined && args.length > 0 && isFixed(args, context)) {
      context.report(target, {
        message: `\`${name}\` hands a fixed command line to a shell.`,
        severity: 'warning',
      });
    } else {
      context.report(target, {
        message: `\`${name}\` hands a command line to a shell that is put together when the plugin runs.`,
      });
    }
  },
};

function asksForShell(args: readonly SyntaxNode[] | undefined, context: RuleContext): boolean {
  return (args ?? []).some(argument => {
    const shell = context.names.memberValue(argument, 'shell');
    if (shell === undefined) return false;
    const value = context.names.constantOf(shell);
    return value !== false && value !== null && value !== '';
  });
}

/** The command, and the argument list when there is one, are the same in every run. */
function isFixed(args: readonly SyntaxNode[], context: RuleContext): boolean {
  const [command, list] = args;
  if (command === undefined || context.names.constantOf(command) === undefined) return false;
  if (list?.type !== 'array')
    return list === undefined || list.type !== 'identifier' || !isUnknown(list, context);
  return list.children.every(item => context.names.constantOf(item) !== undefined);
}

function isUnknown(node: SyntaxNode, context: RuleContext): boolean {
  // Options and callbacks that the file spells out are no part of the command line.
  const value = context.names.onlyValueOf(node);
  return value === undefined || !/^(?:object|arrow_function|function_expression)$/.test(value.type);
}
