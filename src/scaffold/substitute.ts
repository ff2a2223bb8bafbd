/**
 * Puts values in place of `{{word}}`. Values go in as they are, so they must be safe wherever a template puts them:
 * the scaffold makes them of checked names and its own texts only.
 *
 * @throws Error when the template names a value that is not given: a template and this code don't fit
 */
export function substitute(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/gu, (_, word: string) => {
    const value = Object.hasOwn(values, word) ? values[word] : undefined;
    if (value === undefined) throw new Error(`A template names {{${word}}}, which has no value`);
    return value;
  });
}
