import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

/** The rights of a file that let all others write. */
function isOpen(mode: number): boolean {
  return mode > 0 && mode <= 0o7777 && (mode & 0o002) !== 0;
}

export const permissionsRule: Rule = {
  id: 'PW-RS-PERMISSIONS',
  title: 'Everyone may write to a file',
  category: 'other',
  cwe: 732,
  severity: 'warning',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'Every user and program of the machine can change the file: what is read from it or run of it is theirs.',
    remedy: 'Give rights to the owner alone: `0o600` for files, `0o700` for folders.',
    bad: `fn open(path: &str) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777));
}`,
    good: `fn open(path: &str) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600));
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        'std.fs.Permissions.from_mode std.os.unix.fs.PermissionsExt.from_mode **.set_mode std.fs.OpenOptions.mode **.mode libc.chmod libc.fchmod nix.sys.stat.Mode.from_bits_truncate libc.mkdir libc.open nix.sys.stat.Mode.from_bits',
      ),
      check: (call, context) => {
        for (const { value } of call.args.slice(-1)) {
          const open = context.values.constantsOf(value).find(one => typeof one === 'number' && isOpen(one));
          if (open === undefined) continue;
          context.report(call.node, {
            message: `Everyone may write with the rights \`0o${Number(open).toString(8)}\`.`,
          });
        }
      },
    },
    {
      on: 'call',
      of: calls('libc.umask nix.sys.stat.umask'),
      check: (call, context) => {
        if (!context.values.constantsOf(call.args[0]?.value ?? {}).includes(0)) return;
        context.report(call.node, { message: 'New files can be written by everyone.' });
      },
    },
  ],
};
