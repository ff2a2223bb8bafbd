import type { ArgumentView, CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { calls, rust } from './languages.ts';

export const corsRule: Rule = {
  id: 'PW-RS-CORS',
  title: 'Pages of any origin may ask',
  category: 'other',
  cwe: 942,
  severity: 'warning',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'Every page that a user visits can ask this server in his name and read the answer.',
    remedy: 'Name the origins that may ask.',
    bad: `fn layer() -> tower_http::cors::CorsLayer {
    tower_http::cors::CorsLayer::very_permissive()
}`,
    good: `fn layer(origin: axum::http::HeaderValue) -> tower_http::cors::CorsLayer {
    tower_http::cors::CorsLayer::new().allow_origin(origin)
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        'tower_http.cors.CorsLayer.permissive tower_http.cors.CorsLayer.very_permissive actix_cors.Cors.permissive actix_cors.Cors.allow_any_origin **.allow_any_origin **.send_wildcard rocket_cors.AllowedOrigins.all',
      ),
      check: (call, context) => {
        context.report(call.node, { message: `Pages of any origin may ask (\`${call.method}\`).` });
      },
    },
    {
      on: 'call',
      of: calls('**.allow_origin **.allowed_origin **.allow_origins'),
      check: (call, context) => {
        const value = call.args[0]?.value ?? {};
        const isAny =
          context.values
            .pathsOf(value)
            .some(
              path => /(?:^|\.)Any$/.test(path) || /AllowOrigin\.(?:any|mirror_request)\(\)$/.test(path),
            ) || context.values.constantsOf(value).includes('*');
        if (isAny) context.report(call.node, { message: 'Pages of any origin may ask.' });
      },
    },
    {
      on: 'call',
      of: calls('**.header **.insert_header **.append_header **.insert **.set_header **.with_header'),
      check: (call, context) => {
        // `insert_header((name, value))` takes a pair.
        const [first, second] = call.args.length === 1 ? pairOf(call, context) : call.args;
        const name = first && context.values.textOf(first.value);
        const isName =
          name?.toLowerCase() === 'access-control-allow-origin' ||
          (first !== undefined && /ACCESS_CONTROL_ALLOW_ORIGIN$/.test(context.textOf(first.node)));
        if (!isName || second === undefined) return;
        if (!context.values.constantsOf(second.value).includes('*')) return;
        context.report(call.node, { message: 'Pages of any origin may ask.' });
      },
    },
  ],
};

function pairOf({ args: [pair] }: CallEvent, { values }: RuleContext): readonly ArgumentView[] {
  if (pair === undefined) return [];
  const nodes = pair.node.children;
  return values
    .elements(pair.value)
    .map((value, index) => ({ node: nodes[index] ?? pair.node, value, name: undefined }));
}
