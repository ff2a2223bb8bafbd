import type { Rule } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const dynamicRequireRule: Rule = sinkRule({
  id: 'PW-JS-DYNAMIC-REQUIRE',
  title: 'A module is chosen when the plugin runs',
  category: 'dynamic-import',
  cwe: 829,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Nobody can tell from the source which code is loaded; whoever influences the name makes the plugin load theirs.',
    remedy:
      'Write the module name as a constant, or keep a table from names to functions that import a constant.',
    bad: 'const driver = require(settings.driver);',
    good: "const drivers = { sqlite: () => import('./sqlite.js') };",
  },
  does: 'is the name of a module that is loaded',
  sinks: [
    {
      call: [
        'global.require',
        'global.import',
        'global.process.getBuiltinModule',
        'global.importScripts',
        'import-fresh',
        'require-from-string',
        'decache',
      ],
      from: 'dynamic',
    },
  ],
});
