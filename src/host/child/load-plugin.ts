import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ErrorCode, type SourceLocation } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import { toPluginFailure } from './failure.ts';
import { findMissingImport } from './find-missing-import.ts';
import { findModuleSyntaxError } from './find-module-syntax-error.ts';
import { type PluginFactory, readPluginModule } from './plugin-module.ts';
import { locateInStack, type OwnFiles, stackOf } from './stack.ts';

/** The first node that runs TypeScript without being asked to. */
const TYPESCRIPT_NODE = '22.18';

/**
 * Imports the entry module.
 *
 * @throws WireError `PluginFailed` with the place in the plugin's own files that has to change
 */
export async function loadPlugin(entry: string, own: OwnFiles): Promise<PluginFactory> {
  if (isTypeScript(entry)) requireTypeScript(entry, entry, own);
  let module: object;
  try {
    module = (await import(pathToFileURL(entry).href)) as object;
  } catch (error) {
    throw await describeLoadFailure(error, entry, own);
  }
  const factory = readPluginModule(module);
  if (typeof factory !== 'string') return factory;
  throw fail('PluginShapeError', factory, own.resolve(entry));
}

async function describeLoadFailure(error: unknown, entry: string, own: OwnFiles): Promise<WireError> {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  const stack = stackOf(error) ?? '';
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    const file = / for (\/.*)$/m.exec(stack)?.[1];
    if (file && isTypeScript(file)) {
      try {
        requireTypeScript(file, entry, own);
      } catch (reason) {
        return reason as WireError;
      }
    }
  }
  const known =
    findMissingImport(code, stack, own) ??
    locateInStack(stack, own) ??
    locateJson(stack, own) ??
    (stack.startsWith('SyntaxError') ? await findModuleSyntaxError(entry, own) : undefined) ??
    startOf(own.resolve(entry));
  return toPluginFailure(error, own, known);
}

function isTypeScript(file: string): boolean {
  return ['.ts', '.mts', '.cts'].includes(path.extname(file));
}

/** @throws WireError when this node does not strip types */
function requireTypeScript(file: string, entry: string, own: OwnFiles): void {
  if ((process.features as { typescript?: unknown }).typescript) return;
  const message =
    `${path.basename(file)} is TypeScript, which node ${process.versions.node} does not run. ` +
    `Use node ${TYPESCRIPT_NODE} or newer, or compile it and name the JavaScript file as the entry.`;
  throw fail('TypeScriptError', message, own.resolve(file) ?? own.resolve(entry));
}

/** Node 22 and later say within the message where a JSON file is broken. */
function locateJson(stack: string, own: OwnFiles): SourceLocation | undefined {
  const match = /^SyntaxError: (\/.*?\.json): .*\(line (\d+) column (\d+)\)/.exec(stack);
  const file = match?.[1] === undefined ? undefined : own.resolve(match[1]);
  return match && file !== undefined ? { file, line: Number(match[2]), column: Number(match[3]) } : undefined;
}

function startOf(file: string | undefined): SourceLocation | undefined {
  return file === undefined ? undefined : { file, line: 1, column: 1 };
}

function fail(name: string, message: string, file: string | undefined): WireError {
  const location = startOf(file);
  return new WireError(ErrorCode.PluginFailed, message, { name, ...(location ? { location } : {}) });
}
