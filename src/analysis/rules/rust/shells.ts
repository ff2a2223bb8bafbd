import type { Abstract, CallEvent, Values, WriteEvent } from '../../flow/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { RuleContext } from '../rule.ts';

const SHELL =
  /(?:^|[\\/])(?:(?:ba|z|k|da|a|c|tc|fi)?sh|cmd|powershell|pwsh|osascript|ssh|su|script|python[\d.]*|perl|ruby|node|php)(?:\.exe)?$/i;
const FLAG = /"(?:-[a-z]*c|\/[cCkK]|-(?:Command|c|EncodedCommand|command)|-e|-r)"/;

/** Whether an argument is what a shell, or another interpreter, is told to run: `sh -c …`. */
export function isShellText(event: CallEvent | WriteEvent, value: Abstract, context: RuleContext): boolean {
  if (!('receiver' in event) || event.receiver === undefined) return false;
  const { values } = context;
  const program = values.field(event.receiver, '0');
  if (program === undefined || !values.constantsOf(program).some(one => SHELL.test(String(one))))
    return false;
  const isRemote = values.constantsOf(program).some(one => /(?:^|\/)ssh$/.test(String(one)));
  if (!isRemote && !FLAG.test(context.textOf(functionAround(event.node)))) return false;
  return isCommand(value, values);
}

/** Of several arguments one has to be open; a list of fixed ones is none. */
function isCommand(value: Abstract, values: Values): boolean {
  const elements = values.elements(value);
  if (elements.length === 0) return true;
  return elements.some(one => !values.isFixed(one) && !values.isHarmless(one));
}

function functionAround(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (current.parent !== undefined && current.type !== 'function_item') current = current.parent;
  return current;
}
