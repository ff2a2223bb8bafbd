import type { Rule } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

const LOADERS = [
  'koffi.load',
  'ffi-napi.Library',
  'ffi.Library',
  'ffi-rs.open',
  'node-ffi.Library',
  'global.Deno.dlopen',
  'bun:ffi.dlopen',
  'ref-napi.reinterpret',
  'ref.reinterpret',
  'koffi.decode',
  'edge-js.func',
];

export const ffiRule: Rule = sinkRule({
  id: 'PW-JS-FFI',
  title: 'A native library is called past the checks of the runtime',
  category: 'unsafe-memory',
  cwe: 1100,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Native code reads and writes any memory of the process and calls the system as it likes; a wrong signature is enough to do harm.',
    remedy:
      'Use a package that wraps the library and checks what it is given, and keep its file under your control.',
    bad: "const library = require('koffi').load('./libtool.so');",
    good: "const answer = await context.tools.run('tool', ['--json']);",
  },
  does: 'is loaded as native code',
  sinks: [
    {
      call: LOADERS,
      from: 'always',
      does: 'Native code is called here without the checks of the runtime',
      severity: 'warning',
    },
  ],
});
