/** A text as JSON writes it, in quotes. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
