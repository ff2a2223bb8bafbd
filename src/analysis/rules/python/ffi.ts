import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

export const ffiRule: Rule = {
  id: 'PW-PY-FFI',
  title: 'Memory is touched past Python',
  category: 'unsafe-memory',
  cwe: 119,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'A wrong address or length reads other data, or ends the process; a library that someone else names runs their code.',
    remedy:
      'Leave native code to extension modules that check their arguments; load libraries by a fixed name.',
    bad: 'import ctypes\n\ndef load(path):\n    return ctypes.CDLL(path)',
    good: 'import ctypes\n\nlibrary = ctypes.CDLL("libm.so.6")',
  },
  watches: [
    misusedCalls(
      'ctypes.CDLL ctypes.cdll.LoadLibrary ctypes.WinDLL ctypes.OleDLL ctypes.PyDLL ctypes.windll.LoadLibrary cffi.FFI.dlopen cffi.FFI.verify',
      (call, { values }) => {
        const name = call.argument(0, 'name')?.value;
        if (name === undefined || values.isFixed(name) || values.isHarmless(name)) return undefined;
        if (values.pathsOf(name).includes('ctypes.util.find_library()')) return undefined;
        const taint = values.taintOf(name, 'unsafe-memory');
        return {
          message: 'Which native library is loaded is decided when the plugin runs.',
          taint,
          severity: taint?.level === 'user' ? 'error' : 'warning',
        };
      },
    ),
    misusedCalls(
      'ctypes.memmove ctypes.memset ctypes.string_at ctypes.wstring_at ctypes.from_address ctypes.py_object.from_address **.from_address ctypes.cast ctypes.pythonapi.PyCapsule_GetPointer cffi.FFI.memmove cffi.FFI.buffer',
      call => {
        const isPointer = call.method !== 'cast' || call.args.length > 1;
        return isPointer ? `\`${call.method}\` touches memory that Python does not check.` : undefined;
      },
    ),
    misusedCalls('mmap.mmap', (call, { values, textOf }) => {
      const prot = call.argument(2, 'prot');
      return prot && /PROT_EXEC/.test(textOf(prot.node) + values.pathsOf(prot.value).join())
        ? 'Memory is made executable.'
        : undefined;
    }),
  ],
};
