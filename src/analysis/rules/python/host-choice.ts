import type { Abstract, Values } from '../../flow/index.ts';

/** Whether someone else decides which host a URL leads to, and not only what comes after it. */
export function choosesHost(url: Abstract, values: Values, depth = 0): boolean {
  if (url.also !== undefined && depth < 2) {
    const { also, ...first } = url;
    return [first, ...also].some(one => choosesHost(one, values, depth + 1));
  }
  const isOfUser = (value: Abstract): boolean => values.taintOf(value, 'ssrf')?.level === 'user';
  if (url.text === undefined) return isOfUser(url);
  let before = '';
  for (const piece of url.text) {
    if (typeof piece === 'string') before += piece;
    else if (/^[a-z][\w+.-]*:\/\/[^/?#]+[/?#]/i.test(before) || /^\/[^/\\]/.test(before)) return false;
    else if (isOfUser(piece)) return true;
    // Something of the program's own, such as the address of a service.
    else before += before === '' ? 'https://service' : 'x';
  }
  return false;
}
