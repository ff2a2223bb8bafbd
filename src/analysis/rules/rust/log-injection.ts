import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const logInjectionRule = sinkRule({
  id: 'PW-RS-LOG-INJECTION',
  title: 'A log line holds what someone else gave',
  category: 'other',
  cwe: 117,
  severity: 'warning',
  confidence: 'low',
  languages: rust,
  docs: {
    risk: 'With a line break in the text others write lines of their own into the log, and hide what they did.',
    remedy: 'Show the text with `{:?}`, which escapes line breaks, or take them out.',
    bad: `async fn login(axum::extract::Path(name): axum::extract::Path<String>) {
    log::info!("login of {}", name);
}`,
    good: `async fn login(axum::extract::Path(name): axum::extract::Path<String>) {
    log::info!("login of {:?}", name);
}`,
  },
  does: 'is written to the log as it is',
  sinks: [
    {
      call: calls(
        'log.info! log.warn! log.error! log.debug! log.trace! tracing.info! tracing.warn! tracing.error! tracing.debug! tracing.trace! std.macro.info! std.macro.warn! std.macro.error! std.macro.debug! std.macro.trace!',
      ),
      argument: 'any',
      from: 'user',
      when: (event, _value, context) =>
        !/\{\w*:#?\?\}|\?\w+|escape_debug|escape_default|replace\(/.test(context.textOf(event.node)),
    },
  ],
});
