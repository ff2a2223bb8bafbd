import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

export const bodyLimitRule: Rule = {
  id: 'PW-RS-NO-LIMIT',
  title: 'What others send has no limit',
  category: 'other',
  cwe: 770,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'One request can fill the memory of the host and end every plugin in it.',
    remedy: 'Keep the default limit, or set one that the task needs.',
    bad: `fn layer() {
    let limit = axum::extract::DefaultBodyLimit::disable();
}`,
    good: `fn layer() {
    let limit = axum::extract::DefaultBodyLimit::max(1024 * 1024);
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls('axum.extract.DefaultBodyLimit.disable **.with_no_limit bincode.config.with_no_limit'),
      check: (call, context) => {
        context.report(call.node, { message: `There is no limit to what others send (\`${call.method}\`).` });
      },
    },
    {
      on: 'call',
      of: calls(
        'axum.body.to_bytes actix_web.web.JsonConfig.limit actix_web.web.PayloadConfig.new actix_web.web.FormConfig.limit',
      ),
      check: (call, context) => {
        const last = call.args.at(-1);
        if (last === undefined || !/\b(?:usize|u64|u32)::MAX\b/.test(context.textOf(last.node))) return;
        context.report(call.node, { message: 'There is no limit to what others send.' });
      },
    },
    {
      on: 'call',
      of: calls('**.read_to_end **.read_to_string'),
      check: (call, context) => {
        const { receiver } = call;
        if (receiver === undefined || call.args.length !== 1) return;
        if (context.values.taintOf(receiver, 'other')?.level !== 'user') return;
        if (/\.take\(/.test(context.textOf(call.node))) return;
        context.report(call.node, { message: 'As much is read as the other side sends.' });
      },
    },
  ],
};
