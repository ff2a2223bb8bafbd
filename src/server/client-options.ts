import { type Connection, DocumentFormattingRequest } from 'vscode-languageserver/node';

/**
 * Whether a client says, in its `initializationOptions`, that it formats JSON by itself: two formatters for one file make
 * an editor ask which to use.
 */
export function editorFormatsJson(options: unknown): boolean {
  return (
    typeof options === 'object' &&
    options !== null &&
    'editorFormatsJson' in options &&
    options.editorFormatsJson === true
  );
}

/** Offers to format manifests in YAML. */
export async function offerYamlFormatting(connection: Pick<Connection, 'client'>): Promise<void> {
  const documentSelector = [{ pattern: '**/plugin.{yaml,yml}' }];
  await connection.client.register(DocumentFormattingRequest.type, { documentSelector });
}
