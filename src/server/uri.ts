import { URI } from 'vscode-uri';

/** The absolute path of a `file:` URI; `undefined` for untitled and virtual documents and for nonsense. */
export function pathOf(uri: string): string | undefined {
  try {
    const parsed = URI.parse(uri, true);
    return parsed.scheme === 'file' ? parsed.fsPath : undefined;
  } catch {
    return undefined;
  }
}

/** The `file:` URI of an absolute path. */
export function uriOf(path: string): string {
  return URI.file(path).toString();
}
