import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';
import { membersOf } from './tainted.ts';

/** Memory that the language does not look after. */
export const unsafePointerRule: Rule = {
  id: 'PW-GO-UNSAFE',
  title: 'Memory is used behind the language’s back',
  category: 'unsafe-memory',
  cwe: 242,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A wrong size or a pointer that is kept too long reads and writes memory of other things, and nothing stops it.',
    remedy:
      'Use slices, `encoding/binary` and `unsafe.Sizeof` alone; where it must be, keep it in one small function.',
    bad: 'import "unsafe"\n\nfunc bits(f float64) uint64 {\n\treturn *(*uint64)(unsafe.Pointer(&f))\n}',
    good: 'import "math"\n\nfunc bits(f float64) uint64 {\n\treturn math.Float64bits(f)\n}',
  },
  watches: [
    {
      on: 'call',
      of: membersOf('unsafe', 'Pointer Slice String Add SliceData StringData'),
      check: (call, context) => {
        if (isInside(call.node, context)) return;
        context.report(call.node, { message: 'The language does not look after this memory.' });
      },
    },
    {
      on: 'call',
      of: ['reflect.SliceHeader', 'reflect.StringHeader'],
      check: (call, context) =>
        context.report(call.node, { message: 'The language does not look after this memory.' }),
    },
    {
      on: 'call',
      of: [...membersOf('C', 'gets strcpy strcat sprintf vsprintf memcpy scanf')],
      check: (call, context) =>
        context.report(call.node, { message: 'Nothing checks how much this writes.', severity: 'error' }),
    },
    {
      on: 'call',
      of: [
        'syscall.Mmap',
        'golang.org/x/sys/unix.Mmap',
        'golang.org/x/sys/windows.VirtualAlloc',
        'syscall.Mprotect',
        'golang.org/x/sys/unix.Mprotect',
      ],
      check: (call, context) => {
        const names = call.args.map(({ node }) => context.textOf(node)).join(' ');
        if (!/PROT_EXEC|PAGE_EXECUTE/.test(names)) return;
        context.report(call.node, { message: 'Data in this memory can be run.', severity: 'error' });
      },
    },
  ],
};

/** Whether an expression around it is one of these calls too: one report a place is enough. */
function isInside(node: SyntaxNode, context: RuleContext): boolean {
  for (
    let at = node.parent;
    at !== undefined && !/statement|declaration|block/.test(at.type);
    at = at.parent
  ) {
    if (at.type === 'call_expression' && context.text.startsWith('unsafe.', at.start)) return true;
  }
  return false;
}
