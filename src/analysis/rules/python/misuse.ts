import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { Primitive } from '../../ir/index.ts';
import type { SourceLanguage } from '../../languages.ts';
import type { Report, RuleContext, Watch } from '../rule.ts';

/** What all rules of this folder look at. */
export const python: readonly SourceLanguage[] = ['python'];

type Judge<Event> = (event: Event, context: RuleContext) => string | Report | undefined;

/** Calls that are wrong by what they are or how they are set up, whoever decides the data. */
export function misusedCalls(of: string | readonly string[], judge: Judge<CallEvent>): Watch {
  return {
    on: 'call',
    of: typeof of === 'string' ? of.split(/\s+/) : of,
    check: (call, context) => tell(call, judge(call, context), context),
  };
}

/** Settings that are wrong by what they are set to. */
export function misusedWrites(of: string | readonly string[], judge: Judge<WriteEvent>): Watch {
  return {
    on: 'write',
    of: typeof of === 'string' ? of.split(/\s+/) : of,
    check: (write, context) => tell(write, judge(write, context), context),
  };
}

function tell(
  event: CallEvent | WriteEvent,
  verdict: string | Report | undefined,
  context: RuleContext,
): void {
  if (verdict === undefined) return;
  context.report(event.node, typeof verdict === 'string' ? { message: verdict } : verdict);
}

/** Its only constant value; `undefined` also stands for `None` and for what is not known. */
export function only(value: Abstract | undefined, { values }: RuleContext): Primitive {
  const all = value === undefined ? [] : values.constantsOf(value);
  return all.length === 1 ? all[0] : undefined;
}

/** Certainly `False`, `None`, 0 or empty text. */
export function isOff(value: Abstract | undefined, { values }: RuleContext): boolean {
  const all = value === undefined ? [] : values.constantsOf(value);
  return all.length > 0 && all.every(one => !one);
}

/** Certainly `True` or its like; one of several possible values is enough. */
export function isOn(value: Abstract | undefined, { values }: RuleContext): boolean {
  return value !== undefined && values.constantsOf(value).some(one => one === true || one === 1);
}

/** The last part of the name of what is called. */
export function lastPart(call: CallEvent): string {
  return call.paths[0]?.split('.').at(-1) ?? call.method;
}
