import type { Severity } from '../../base/index.ts';
import type { Abstract, CallEvent, TaintLevel, Values, WriteEvent } from '../flow/index.ts';
import type { Rule, RuleContext, Watch } from './rule.ts';

/**
 * From when on a value in a sink is reported:
 * - `always`: whatever it is;
 * - `dynamic`: unless it is fixed or harmless;
 * - `built`: when it is text put together with something that is neither, or tainted;
 * - `parameter`, `local`, `user`: when it is tainted at this level or a worse one.
 */
export type Threshold = 'always' | 'dynamic' | 'built' | TaintLevel;

/** A place where a value can do harm. */
export interface Sink {
  /** Patterns of calls (see `Knowledge`). */
  readonly call?: string | readonly string[] | undefined;
  /** Patterns of properties written. */
  readonly write?: string | readonly string[] | undefined;
  /** Which argument: a position, a name, both (`[0, 'sql']`), `any`, or the `receiver`. Position 0 when left out. */
  readonly argument?: number | string | readonly [number, string] | undefined;
  readonly from: Threshold;
  /** A further condition on the call or the write. */
  readonly when?:
    | ((event: CallEvent | WriteEvent, value: Abstract, context: RuleContext) => boolean)
    | undefined;
  /** What it does with the value, as in "is run by a shell"; replaces the rule's. */
  readonly does?: string | undefined;
  /** Severity when nobody's taint is known; replaces `warning`, or the rule's severity for `always`. */
  readonly severity?: Severity | undefined;
}

/** What a rule about sinks is made of: the documentation every rule has, and its table. */
export type SinkRuleParts = Omit<Rule, 'watches'> & {
  /** What happens to the value: "is run by a shell". Of an `always` sink the whole sentence: "MD5 is broken". */
  readonly does: string;
  readonly sinks: readonly Sink[];
  /** What else it looks at. */
  readonly watches?: readonly Watch[] | undefined;
};

const ranks: Readonly<Record<TaintLevel, number>> = { user: 3, local: 2, parameter: 1 };

/**
 * A rule that is a table of sinks. What a user decides is reported with the rule's severity; what the machine or a caller
 * decides, or what is merely not fixed, as a warning at most: there is harm only if somebody passes it on unchecked.
 */
export function sinkRule({ does, sinks, watches = [], ...about }: SinkRuleParts): Rule {
  const table = sinks.flatMap((sink): Watch[] => {
    const judge = (
      event: CallEvent | WriteEvent,
      values: readonly Abstract[],
      context: RuleContext,
    ): void => {
      for (const value of values) {
        const verdict = judgeValue(value, sink.from, about, context.values);
        if (verdict === undefined || sink.when?.(event, value, context) === false) continue;
        const what = sink.does ?? does;
        const name = nameOf(event, context);
        context.report(event.node, {
          ...verdict,
          severity: verdict.taint === undefined ? (sink.severity ?? verdict.severity) : verdict.severity,
          message:
            verdict.subject === undefined
              ? `${what} (\`${name}\`).`
              : `${verdict.subject} ${what} (\`${name}\`).`,
        });
        return;
      }
    };
    return [
      ...watchOf('call', sink.call, (call: CallEvent, context) =>
        judge(call, argumentsOf(call, sink), context),
      ),
      ...watchOf('write', sink.write, (write: WriteEvent, context) => judge(write, [write.value], context)),
    ];
  });
  return { ...about, watches: [...table, ...watches] };
}

function watchOf<Event>(
  on: 'call' | 'write',
  of: string | readonly string[] | undefined,
  check: (event: Event, context: RuleContext) => void,
): Watch[] {
  // The two kinds of events and their checks go together by construction.
  return of === undefined ? [] : [{ on, of: [of].flat(), check } as unknown as Watch];
}

function argumentsOf(call: CallEvent, { argument = 0 }: Sink): readonly Abstract[] {
  if (argument === 'receiver') return call.receiver === undefined ? [] : [call.receiver];
  if (argument === 'any') return call.args.map(({ value }) => value);
  const view =
    typeof argument === 'number'
      ? call.argument(argument)
      : typeof argument === 'string'
        ? call.argument(undefined, argument)
        : call.argument(argument[0], argument[1]);
  return view === undefined ? [] : [view.value];
}

interface Verdict {
  /** What it is about, as the front of a sentence; `undefined` when that does not matter. */
  readonly subject: string | undefined;
  readonly severity: Severity;
  readonly taint?: ReturnType<Values['taintOf']>;
}

function judgeValue(
  value: Abstract,
  from: Threshold,
  { category, severity }: Omit<Rule, 'watches'>,
  values: Values,
): Verdict | undefined {
  const taint = values.taintOf(value, category);
  const least = from === 'always' || from === 'dynamic' || from === 'built' ? 1 : ranks[from];
  if (taint !== undefined && ranks[taint.level] >= least) {
    const grade = taint.level === 'user' || from === 'always' ? severity : weaker(severity);
    return { subject: capitalised(taint.source), severity: grade, taint };
  }
  if (from === 'always') return { subject: undefined, severity };
  const isOpen = !values.isFixed(value) && !values.isHarmless(value) && !values.isCleared(value, category);
  if (from === 'dynamic' && isOpen) return { subject: 'Text that is not fixed', severity: weaker(severity) };
  if (from === 'built' && isOpen && values.isBuilt(value, category)) {
    return { subject: 'Text put together from parts', severity: weaker(severity) };
  }
  return undefined;
}

function weaker(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : severity;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function nameOf(event: CallEvent | WriteEvent, context: RuleContext): string {
  if ('method' in event) return event.method;
  return event.key ?? context.textOf(event.node).slice(0, 40);
}
