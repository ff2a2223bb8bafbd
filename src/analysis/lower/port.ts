import type { ModuleIr } from '../ir/index.ts';
import type { SyntaxNode } from '../syntax/node.ts';

/** What a language brings along to be looked at: how its trees become the form that is the same for all. */
export interface Lowering {
  /** The grammar's file, such as `tree-sitter-python.wasm`. */
  readonly grammar: string;
  /**
   * Never throws: what is broken (`ERROR` nodes) or unknown becomes opaque values of its parts. Recursion is bounded by
   * the depth of the tree, which the parser's copy bounds.
   */
  lower(root: SyntaxNode, text: string): ModuleIr;
  /** The path of a name that the file does not declare: `eval` → `global.eval`, `open` → `builtins.open`. */
  globalPath(name: string): string | undefined;
  /** The path of a module as imported: `node:fs` → `fs`; `undefined` for the plugin's own files (`./x`, `.x`, `crate.x`). */
  modulePath(specifier: string): string | undefined;
  /** The path of a member of something with a path; canonical where there are several (`fs.promises.readFile`). */
  memberPath(base: string, key: string): string;
  /** Which of the plugin's files a module specifier may mean, as paths relative to the plugin's folder, in order. */
  ownFiles(specifier: string, fromFile: string): readonly string[];
}
