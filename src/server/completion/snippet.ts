/** Text that stands for itself in a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, String.raw`\$&`);
}

/**
 * A snippet as a JSON string with the quotes around it: what JSON escapes is escaped, the placeholders stay.
 */
export function quoteSnippet(snippet: string): string {
  const quoted = snippet.replace(/\\([\\$}|,])|["\p{Cc}]/gu, (all: string, escaped?: string) => {
    if (escaped !== undefined && escaped !== '\\') return all;
    // The JSON escape is text of the snippet, so its backslashes are escaped once more.
    return JSON.stringify(escaped ?? all)
      .slice(1, -1)
      .replaceAll('\\', '\\\\');
  });
  return `"${quoted}"`;
}
