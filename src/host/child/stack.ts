import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceLocation } from '../../protocol/plugin/index.ts';

/** Recognises the plugin's own files. */
export interface OwnFiles {
  /** The absolute path of a file of the plugin, given as a path or a file URL; `undefined` for any other. */
  resolve(fileOrUrl: string): string | undefined;
}

/** Makes the recogniser of a plugin's folder; the loader names files by their real path, the host perhaps by a link. */
export function createOwnFiles(pluginDir: string): OwnFiles {
  const given = path.resolve(pluginDir);
  const folders = [given, realPathOf(given)];
  return {
    resolve: fileOrUrl => {
      const file = toPath(fileOrUrl);
      if (file === undefined) return undefined;
      for (const folder of folders) {
        if (file.startsWith(folder + path.sep)) return given + file.slice(folder.length);
      }
      return undefined;
    },
  };
}

function realPathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function toPath(fileOrUrl: string): string | undefined {
  try {
    return fileOrUrl.startsWith('file:') ? fileURLToPath(fileOrUrl) : fileOrUrl;
  } catch {
    return undefined;
  }
}

/** The stack of anything thrown, as text; `undefined` when it has none. Never throws. */
export function stackOf(error: unknown): string | undefined {
  try {
    const stack = (error as { stack?: unknown } | null | undefined)?.stack;
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The place in the plugin's own files that a stack tells of: the one node draws above a syntax error, else the first
 * frame; packages the plugin brought along count only when nothing else is named.
 */
export function locateInStack(stack: string, own: OwnFiles): SourceLocation | undefined {
  return locateDrawing(stack, own) ?? locateFrame(stack, own);
}

/** `file:line`, the source line, and marks below it. */
const drawing = /^(.+):(\d+)\n.*\n([ \t]*)\^/;

function locateDrawing(stack: string, own: OwnFiles): SourceLocation | undefined {
  const match = drawing.exec(stack);
  const file = match?.[1] === undefined ? undefined : own.resolve(match[1]);
  if (!match || file === undefined) return undefined;
  return { file, line: Number(match[2]), column: (match[3]?.length ?? 0) + 1 };
}

const frame = /^ {4}at (?:.* \()?((?:file:\/\/)?\/.*?):(\d+):(\d+)\)?$/gm;

function locateFrame(stack: string, own: OwnFiles): SourceLocation | undefined {
  let inPackage: SourceLocation | undefined;
  for (const [, name = '', line, column] of stack.matchAll(frame)) {
    const file = own.resolve(name);
    if (file === undefined) continue;
    const location = { file, line: Number(line), column: Number(column) };
    if (!file.includes(`${path.sep}node_modules${path.sep}`)) return location;
    inPackage ??= location;
  }
  return inPackage;
}
