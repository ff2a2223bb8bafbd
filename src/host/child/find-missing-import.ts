import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createLineMap } from '../../base/index.ts';
import type { SourceLocation } from '../../protocol/plugin/index.ts';
import type { OwnFiles } from './stack.ts';

/**
 * Where a module is imported that node can't find. Its errors name the importing file (ES modules), but not the line,
 * so the file is searched for the string that names the module.
 */
export function findMissingImport(code: unknown, stack: string, own: OwnFiles): SourceLocation | undefined {
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined;
  const importer = /imported from (\/.*)$/m.exec(stack)?.[1];
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(stack)?.[1];
  const file = importer === undefined ? undefined : own.resolve(importer);
  if (importer === undefined || file === undefined) return undefined;
  const text = readText(importer);
  const names = (specifier: string): boolean => {
    if (missing === undefined) return stack.includes(specifier);
    if (specifier.startsWith('.')) return path.resolve(path.dirname(importer), specifier) === missing;
    return specifier === missing || specifier.startsWith(`${missing}/`);
  };
  for (const match of text.matchAll(/(['"])([^'"\n]+)\1/g)) {
    if (!names(match[2] ?? '')) continue;
    const { line, character } = createLineMap(text).positionAt(match.index);
    return { file, line: line + 1, column: character + 1 };
  }
  return { file, line: 1, column: 1 };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
