import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

export const unsafeCallRule: Rule = {
  id: 'PW-RS-UNSAFE-CALL',
  title: 'Memory is taken for what it may not be',
  category: 'unsafe-memory',
  cwe: 119,
  severity: 'warning',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'These functions believe what they are told of types, lengths and lifetimes: a wrong word lets others read and change the memory of the plugin.',
    remedy: 'Use the checked twin: `from_utf8`, `get`, `TryFrom`, `bytemuck`, slices and iterators.',
    bad: `fn text(bytes: &[u8]) -> &str {
    unsafe { std::str::from_utf8_unchecked(bytes) }
}`,
    good: `fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        'std.mem.transmute std.mem.transmute_copy std.mem.uninitialized std.mem.zeroed std.intrinsics.transmute std.slice.from_raw_parts std.slice.from_raw_parts_mut std.ptr.slice_from_raw_parts_mut',
        'std.str.from_utf8_unchecked std.str.from_utf8_unchecked_mut std.string.String.from_utf8_unchecked std.string.String.from_raw_parts std.vec.Vec.from_raw_parts std.char.from_u32_unchecked',
        'std.boxed.Box.from_raw std.rc.Rc.from_raw std.sync.Arc.from_raw std.sync.Arc.increment_strong_count std.ffi.CString.from_raw std.ffi.CStr.from_ptr std.ffi.CStr.from_bytes_with_nul_unchecked std.ffi.CString.from_vec_unchecked',
        'std.ptr.read std.ptr.write std.ptr.read_volatile std.ptr.write_volatile std.ptr.read_unaligned std.ptr.write_unaligned std.ptr.copy std.ptr.copy_nonoverlapping std.ptr.write_bytes std.ptr.swap std.ptr.replace std.ptr.drop_in_place',
        'std.hint.unreachable_unchecked std.hint.assert_unchecked std.alloc.alloc std.alloc.dealloc std.alloc.realloc std.alloc.alloc_zeroed std.pin.Pin.new_unchecked std.num.NonZeroU32.new_unchecked std.num.NonZeroUsize.new_unchecked std.ptr.NonNull.new_unchecked std.fs.File.from_raw_fd',
        'libc.strcpy libc.strcat libc.sprintf libc.gets libc.memcpy libc.memmove libc.strncpy libc.malloc libc.free libc.realloc libc.calloc libc.alloca libc.strlen libc.memset libc.mprotect libc.scanf libc.vsprintf libc.strtok',
        '**.get_unchecked **.get_unchecked_mut **.assume_init **.assume_init_mut **.assume_init_ref **.assume_init_read **.set_len **.unwrap_unchecked **.offset_from **.slice_unchecked **.slice_mut_unchecked **.split_at_unchecked **.to_int_unchecked **.unchecked_add **.unchecked_mul **.as_bytes_mut **.as_mut_vec **.downcast_unchecked **.into_inner_unchecked',
        '**.read_volatile **.write_volatile **.read_unaligned **.write_unaligned **.copy_from_nonoverlapping **.copy_to_nonoverlapping',
      ),
      check: (call, context) => {
        // Methods of the same name that the compiler does check: `File::set_len`.
        if (call.receiver !== undefined && !isUnsafe(call.node, context.text)) return;
        context.report(call.node, { message: `\`${call.method}\` believes what it is told of memory.` });
      },
    },
    {
      on: 'node',
      of: ['static_item'],
      check: (node, context) => {
        if (!node.children.some(({ type }) => type === 'mutable_specifier')) return;
        context.report(node, { message: 'Every thread can change this at the same time as others read it.' });
      },
    },
  ],
};

/** Whether a place is in a block or function past the compiler's checks. */
function isUnsafe(node: SyntaxNode, text: string): boolean {
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.type === 'unsafe_block') return true;
    if (at.type !== 'function_item') continue;
    const name = at.child('name');
    return name !== undefined && /\bunsafe\b/.test(text.slice(at.start, name.start));
  }
  return false;
}
