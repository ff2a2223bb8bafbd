import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { all } from './languages.ts';

/** Calls that run text as code, load modules or start programs by name. */
const RUNNERS =
  'global.eval global.Function global.setTimeout global.setInterval vm.runInThisContext vm.runInNewContext vm.runInContext vm.Script vm.compileFunction ' +
  'global.require global.import global.process.binding child_process.exec child_process.execSync child_process.spawn child_process.execFile ' +
  'builtins.eval builtins.exec builtins.compile builtins.__import__ importlib.import_module os.system os.popen subprocess.run subprocess.call ' +
  'subprocess.Popen subprocess.check_output marshal.loads os/exec.Command syscall.Exec plugin.Open std.process.Command.new libloading.Library.new';

const DECODES =
  /\b(?:atob|unescape|fromCharCode|fromCodePoint|b64decode|b32decode|b85decode|a85decode|unhexlify|fromhex|a2b_hex|a2b_base64|DecodeString|base64::decode|hex::decode|rot_?13|zlib\.decompress|gunzipSync|inflateSync|lzma\.decompress|bz2\.decompress|codecs\.decode)\b|Buffer\.from\([^)]*,\s*['"](?:base64|hex)['"]/;

/** Of these the name is what reviewers look for; programs are named by parts for good reasons. */
const NAMED_BY_TEXT =
  /^(?:global\.(?:eval|Function|require|import|process\.binding)|builtins\.(?:eval|exec|__import__)|importlib\.import_module)$/;

/** Longest text of an argument that is looked through. */
const MAX_LENGTH = 20_000;

function check(call: CallEvent, context: RuleContext): void {
  const [argument] = call.args;
  if (argument === undefined) return;
  const { node, value } = argument;
  const text = context.text.slice(node.start, Math.min(node.end, node.start + MAX_LENGTH));
  if (DECODES.test(text)) {
    context.report(call.node, {
      message: `What \`${call.method}\` gets is decoded first, so that nobody can read it.`,
    });
    return;
  }
  if (!call.paths.some(path => NAMED_BY_TEXT.test(path))) return;
  const constant = context.values.textOf(value);
  // A text of which the whole is nowhere in the file was taken apart on purpose.
  if (constant === undefined || constant.length < 4 || !/^[\w./:-]{4,}$/.test(constant)) return;
  if (context.text.includes(constant) || /^[\w./-]*\.\w{1,4}$|^\.|\//.test(constant)) return;
  context.report(call.node, {
    message: `\`${constant.slice(0, 60)}\` is put together from pieces, so that nobody finds it.`,
    severity: 'warning',
  });
}

export const hiddenCodeRule: Rule = {
  id: 'PW-ANY-HIDDEN-CODE',
  title: 'Code that is hidden in encoded text',
  category: 'obfuscation',
  cwe: 506,
  severity: 'error',
  confidence: 'high',
  languages: all,
  docs: {
    risk: 'Nobody hides honest code: this is how harmful plugins get past reviewers.',
    remedy: 'Write the code as code.',
    bad: "eval(atob('Y29uc29sZS5sb2coMSk='));",
    good: 'console.log(1);',
  },
  watches: [{ on: 'call', of: RUNNERS.split(' '), check }],
};
