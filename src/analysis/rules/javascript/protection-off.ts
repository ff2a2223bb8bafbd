import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';
import { isWrittenFalse, isWrittenTrue, keyAndValue } from './syntax.ts';

/** Options of electron and its like that protect unless they are off. */
const ON: Readonly<Record<string, string>> = {
  contextIsolation: 'the page’s script reaches what the preload script can do',
  webSecurity: 'pages may read those of other sites',
  sandbox: 'what gets into the page reaches the system',
  autoescape: 'what is put into a template becomes HTML',
  autoEscape: 'what is put into a template becomes HTML',
};
const OFF: Readonly<Record<string, string>> = {
  nodeIntegration: 'the page’s script gets all of Node',
  nodeIntegrationInWorker: 'the page’s workers get all of Node',
  nodeIntegrationInSubFrames: 'frames of the page get all of Node',
  allowRunningInsecureContent: 'script that came in the clear runs in the page',
  enableRemoteModule: 'the page’s script reaches the main process',
  noEscape: 'what is put into a template becomes HTML',
};

export const protectionOffRule: Rule = {
  id: 'PW-JS-PROTECTION-OFF',
  title: 'A protection is switched off',
  category: 'other',
  cwe: 693,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'What the framework keeps apart is then one: script that gets into a page reaches the machine.',
    remedy: 'Leave it on, and hand over what the page needs through a small bridge.',
    bad: 'const view = new BrowserWindow({ webPreferences: { nodeIntegration: true } });',
    good: 'const view = new BrowserWindow({ webPreferences: { preload } });',
  },
  watches: [
    { on: 'node', of: ['pair', 'assignment_expression'], check },
    {
      on: 'call',
      of: ['helmet', 'lusca', 'fastify-helmet'],
      check: (call, context) => {
        const off = [
          'contentSecurityPolicy',
          'frameguard',
          'hsts',
          'xssFilter',
          'noSniff',
          'csrf',
          'xframe',
        ].find(name => context.values.constantsOf(call.option(name) ?? {})[0] === false);
        if (off === undefined) return;
        context.report(call.node, {
          message: `\`${off}: false\` switches a protection of pages off.`,
          severity: 'warning',
        });
      },
    },
    {
      on: 'call',
      of: ['electron.shell.openExternal'],
      check: (call, context) => {
        const taint = call.args[0] && context.values.taintOf(call.args[0].value, 'other');
        if (taint === undefined || taint.level === 'parameter') return;
        context.report(call.node, { message: 'Others choose what the system opens.', taint });
      },
    },
  ],
};

function check(node: SyntaxNode, context: RuleContext): void {
  const found = keyAndValue(node, context.textOf);
  if (found === undefined || found.value.end - found.value.start > 8) return;
  const text = context.textOf(found.value);
  const without = Object.hasOwn(ON, found.key) && isWrittenFalse(text) ? ON[found.key] : undefined;
  const withIt = Object.hasOwn(OFF, found.key) && isWrittenTrue(text) ? OFF[found.key] : undefined;
  const what = without ?? withIt;
  if (what === undefined) return;
  // Other things have a sandbox too; electron's stands among a window's preferences.
  if (found.key === 'sandbox' && !isPreference(node, context)) return;
  context.report(node, {
    message: `With \`${found.key}: ${text}\` ${what}.`,
    severity: /escape/i.test(found.key) ? 'warning' : undefined,
  });
}

function isPreference(node: SyntaxNode, context: RuleContext): boolean {
  const key = node.parent?.parent?.child('key');
  return key !== undefined && context.textOf(key) === 'webPreferences';
}
