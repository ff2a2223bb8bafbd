import { type CompletionList, InsertTextFormat } from 'vscode-languageserver/node';

/** An escaped character, a choice, a placeholder or a tab stop: whichever comes first counts. */
const PARTS =
  /(\\[$}\\])|\$\{\d+\|((?:\\.|[^,|\\])*)(?:\\.|[^}\\])*\}|\$\{\d+:((?:\\.|[^}\\])*)\}|\$(?:\d+|\{\d+\})/g;

/** The same completions for a client that would insert `$1` as it stands. */
export function withoutSnippets(list: CompletionList): CompletionList {
  const items = list.items.map(item => {
    if (item.insertTextFormat !== InsertTextFormat.Snippet) return item;
    const plain = { ...item, insertTextFormat: InsertTextFormat.PlainText };
    if (item.insertText !== undefined) plain.insertText = toPlainText(item.insertText);
    if (item.textEdit !== undefined) {
      plain.textEdit = { ...item.textEdit, newText: toPlainText(item.textEdit.newText) };
    }
    return plain;
  });
  return { ...list, items };
}

/** What a snippet leaves when nothing is filled in: placeholders by their text, choices by the first. */
export function toPlainText(snippet: string): string {
  return snippet.replace(PARTS, (_, escaped?: string, choice?: string, placeholder?: string) =>
    (escaped ?? choice ?? placeholder ?? '').replace(/\\([$}\\,|])/g, '$1'),
  );
}
