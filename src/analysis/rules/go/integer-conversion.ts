import type { Rule } from '../rule.ts';
import { go } from './languages.ts';
import { functionAround } from './tainted.ts';

const NARROW = new Map([
  ['int8', 8],
  ['int16', 16],
  ['int32', 32],
  ['uint8', 8],
  ['uint16', 16],
  ['uint32', 32],
  ['byte', 8],
  ['rune', 32],
]);

/** Numbers read from text that do not fit into what they are put into. */
export const integerConversionRule: Rule = {
  id: 'PW-GO-INTEGER-CONVERSION',
  title: 'A number that was read is cut to fewer bits',
  category: 'other',
  cwe: 190,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A number that is too large becomes another one, which may be negative: checks before the conversion do not hold after it.',
    remedy: 'Read with the size that is wanted: `strconv.ParseInt(text, 10, 32)`, or check the range first.',
    bad: 'import "strconv"\n\nfunc port(s string) uint16 {\n\tn, _ := strconv.Atoi(s)\n\treturn uint16(n)\n}',
    good: 'import "strconv"\n\nfunc port(s string) uint16 {\n\tn, _ := strconv.ParseUint(s, 10, 16)\n\treturn uint16(n)\n}',
  },
  watches: [
    {
      on: 'node',
      of: ['call_expression'],
      check: (node, context) => {
        const callee = node.child('function');
        const bits = callee?.type === 'identifier' ? NARROW.get(context.textOf(callee)) : undefined;
        const given = bits === undefined ? undefined : node.child('arguments')?.inner;
        if (bits === undefined || given?.type !== 'identifier') return;
        const name = context.textOf(given);
        const around = functionAround(node);
        if (around === undefined) return;
        const before = context.text.slice(around.start, node.start);
        const size = sizeRead(before, name);
        if (size === undefined || size <= bits || isCompared(before, name)) return;
        context.report(node, { message: `\`${name}\` has ${size} bits, of which ${bits} are kept.` });
      },
    },
  ],
};

/** How many bits the last reading of a number into a variable gives it. */
function sizeRead(before: string, name: string): number | undefined {
  const reading = new RegExp(
    `\\b${name}\\s*,\\s*\\w+\\s*:?=\\s*strconv\\.(Atoi|ParseInt|ParseUint)\\(([^\\n]*)`,
    'g',
  );
  let last: RegExpExecArray | undefined;
  for (const match of before.matchAll(reading)) last = match;
  if (last === undefined) return undefined;
  if (last[1] === 'Atoi') return 64;
  const size = /,\s*(\d+)\s*\)\s*;?\s*(?:$|\{)/.exec(last[2] ?? '')?.[1];
  return size === undefined ? undefined : Number(size) || 64;
}

function isCompared(before: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b\\s*(?:[<>]|==)|[<>]=?\\s*${name}\\b`).test(before);
}
