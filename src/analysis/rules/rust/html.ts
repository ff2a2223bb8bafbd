import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';

const TAG = /<\/?[a-z][\w-]*(?:\s[^>]*)?>/i;
const SAYS_HTML = /text\/html|ContentType::html|TEXT_HTML|mime::HTML/i;

/** Whether the body of a response is HTML: it says so, or holds elements and does not say anything else. */
export function isHtmlBody(event: CallEvent | WriteEvent, value: Abstract, context: RuleContext): boolean {
  const text = context.textOf(event.node);
  if (SAYS_HTML.test(text)) return true;
  if (/content_type\(|application\/|text\/plain/.test(text)) return false;
  return TAG.test(context.values.patternOf(value));
}
