import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Analyzer, type AnalyzerPorts, createAnalyzer } from '../../../src/analysis/index.ts';

const modules = path.join(import.meta.dirname, '../../../node_modules');

/** Reads the parser and its grammars from the installed packages. */
export function loadWasm(name: string): Promise<Uint8Array> {
  const folder = name.startsWith('web-') ? 'web-tree-sitter' : '@vscode/tree-sitter-wasm/wasm';
  return readFile(path.join(modules, folder, name));
}

/** An analyzer over the installed grammars. */
export function analyzerFromModules(ports: Partial<AnalyzerPorts> = {}): Promise<Analyzer> {
  return createAnalyzer({ loadWasm, ...ports });
}
