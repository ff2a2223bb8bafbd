import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

const SECRET =
  /(?:^|[._a-z])(?:password|passwd|passphrase|secret|secretKey|private_?key|api_?key|access_?token|auth_?token|client_?secret|credit_?card|card_?number|cvv|ssn)$/i;

const LOGGERS = ['log', 'info', 'debug', 'warn', 'error', 'trace'].flatMap(level => [
  `global.console.${level}`,
  `winston.${level}`,
  `winston.createLogger().${level}`,
  `pino().${level}`,
  `log4js.getLogger().${level}`,
  `bunyan.createLogger().${level}`,
]);

export const logSecretRule: Rule = {
  id: 'PW-JS-LOG-SECRET',
  title: 'A secret is written to a log',
  category: 'secrets',
  cwe: 532,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Logs are kept for long, copied and read by many; whoever reads them has the password.',
    remedy: 'Log that there is one, or nothing.',
    bad: "console.log('login of ' + name + ' with ' + password);",
    good: "console.log('login of ' + name);",
  },
  watches: [
    {
      on: 'call',
      of: LOGGERS,
      check: (call, context) => {
        for (const { node, value } of call.args) {
          if (context.values.isFixed(value)) continue;
          const name = leavesOf(node)
            .map(leaf => context.textOf(leaf))
            .find(text => SECRET.test(text));
          if (name === undefined) continue;
          context.report(call.node, { message: `\`${name}\` is written to a log.` });
          return;
        }
      },
    },
  ],
};

/** The names and members that text is put together of; calls may do anything with theirs. */
function leavesOf(node: SyntaxNode): SyntaxNode[] {
  switch (node.type) {
    case 'identifier':
    case 'member_expression':
      return [node];
    case 'binary_expression':
      return node.child('operator')?.type === '+' ? node.children.flatMap(leavesOf).slice(0, 50) : [];
    case 'template_string':
    case 'template_substitution':
    case 'parenthesized_expression':
      return node.children.flatMap(leavesOf).slice(0, 50);
    default:
      return [];
  }
}
