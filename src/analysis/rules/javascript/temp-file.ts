import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const tempFileRule: Rule = {
  id: 'PW-JS-TEMP-FILE',
  title: 'A file in the common folder has a name that others can guess',
  category: 'other',
  cwe: 377,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Another user of the machine makes the file or a link of that name first, and reads or redirects what is written.',
    remedy: 'Make a folder with `fs.mkdtemp` and put the file there.',
    bad: "require('fs').writeFileSync('/tmp/report.json', text);",
    good: "require('fs').writeFileSync(require('path').join(require('fs').mkdtempSync('/tmp/report-'), 'report.json'), text);",
  },
  watches: [
    {
      on: 'call',
      of: [
        'fs.writeFile',
        'fs.writeFileSync',
        'fs.createWriteStream',
        'fs.appendFile',
        'fs.appendFileSync',
        'fs.open',
        'fs.openSync',
        'fs.outputFile',
        'fs.outputFileSync',
        'fs.writeJson',
        'fs.writeJsonSync',
      ],
      check: (call, context) => {
        const path = call.args[0];
        if (path === undefined) return;
        if (/^fs\.open/.test(call.paths[0] ?? '') && !/['"][wa]/.test(context.textOf(call.node))) return;
        const pattern = context.values.patternOf(path.value);
        const source = context.textOf(path.node);
        const isTemporary =
          /^\/(?:var\/)?tmp\/[^*]*$/.test(pattern) ||
          (/\btmpdir\(\)/.test(source) &&
            !/uuid|random|nanoid|mkdtemp|Date\.now|pid|hash/i.test(source) &&
            /['"`]/.test(source));
        const isExclusive = /['"]wx\+?['"]|O_EXCL/.test(context.textOf(call.node));
        if (isTemporary && !isExclusive) {
          context.report(call.node, { message: 'Everyone on the machine can guess the name of this file.' });
        }
      },
    },
  ],
};
