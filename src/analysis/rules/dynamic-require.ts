import { everyLanguage, type Rule } from '../rule.ts';

export const dynamicRequireRule: Rule = {
  id: 'PW-JS-DYNAMIC-REQUIRE',
  title: 'A module is chosen when the plugin runs',
  category: 'code-execution',
  cwe: 829,
  severity: 'warning',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'Nobody can tell from the source which code is loaded; whoever influences the name makes the plugin load theirs.',
    remedy:
      'Write the module name as a constant, or keep a table from names to functions that import a constant.',
    bad: 'const driver = require(settings.driver);',
    good: "const drivers = { sqlite: () => import('./sqlite.js') };",
  },
  nodes: ['call_expression'],
  check: (node, context) => {
    const { callee, target, args } = context.callAt(node);
    const isImport = target.type === 'import';
    if (!isImport && callee !== 'global.require') return;
    const [specifier] = args ?? [];
    if (specifier === undefined || context.names.constantOf(specifier) !== undefined) return;
    const how = isImport ? 'import()' : 'require';
    context.report(specifier, { message: `\`${how}\` loads a module whose name is not a constant.` });
  },
};
