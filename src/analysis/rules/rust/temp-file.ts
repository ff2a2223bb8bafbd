import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

export const tempFileRule: Rule = {
  id: 'PW-RS-TEMP-FILE',
  title: 'A file of a known name in the folder that all share',
  category: 'other',
  cwe: 377,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Others can put a file or a link of that name there first: the plugin then reads what they wrote, or writes where they point.',
    remedy:
      'Use `tempfile::NamedTempFile` or `tempfile::tempdir`, which make names that nobody knows and open them safely.',
    bad: `fn cache() {
    let file = std::fs::File::create("/tmp/plugin-cache.json");
}`,
    good: `fn cache() {
    let file = tempfile::NamedTempFile::new();
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        'std.fs.File.create std.fs.write std.fs.File.open std.fs.OpenOptions.open std.fs.read_to_string std.fs.read std.fs.create_dir std.fs.create_dir_all std.fs.copy std.fs.rename std.fs.File.create_new',
      ),
      check: (call, context) => {
        const { values } = context;
        for (const { value } of call.args.slice(0, 2)) {
          if (!/^(?:\/tmp|\/var\/tmp|\/dev\/shm)\/[^*]*$/.test(values.patternOf(value))) continue;
          context.report(call.node, {
            message: `Everyone knows that \`${values.patternOf(value)}\` is used.`,
          });
          return;
        }
      },
    },
    {
      on: 'call',
      of: calls('std.env.temp_dir'),
      check: (call, context) => {
        context.report(call.node, {
          message: 'All users of the machine share this folder.',
          severity: 'info',
        });
      },
    },
  ],
};
