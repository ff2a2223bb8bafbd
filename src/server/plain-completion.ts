/** An escaped character, a choice, a placeholder or a tab stop: whichever comes first counts. */
const PARTS =
  /(\\[$}\\])|\$\{\d+\|((?:\\.|[^,|\\])*)(?:\\.|[^}\\])*\}|\$\{\d+:((?:\\.|[^}\\])*)\}|\$(?:\d+|\{\d+\})/g;

/** What a snippet leaves when nothing is filled in: placeholders by their text, choices by the first. */
export function toPlainText(snippet: string): string {
  return snippet.replace(PARTS, (_, escaped?: string, choice?: string, placeholder?: string) =>
    (escaped ?? choice ?? placeholder ?? '').replace(/\\([$}\\,|])/g, '$1'),
  );
}
