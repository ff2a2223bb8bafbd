/** Escapes text for Markdown, so that a manifest can't put links, images, HTML or icons into the editor. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]()#+\-.!|<>~$&:@]/g, '\\$&');
}
