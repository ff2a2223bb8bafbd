import type { ParameterIr, Value } from '../../ir/index.ts';
import type { Context } from './context.ts';

const CONVERTER =
  /<\s*(int|float|uuid|bool)\s*(?:\([^)]*\))?\s*:\s*(\w+)\s*>|<\s*(\w+)\s*:\s*(int|float|uuid|bool)\s*>/gi;

/**
 * Gives parameters the types that a route's text declares: the framework hands `/user/<int:id>` on only when it is a
 * number.
 */
export function routeTypes(
  decorators: readonly Value[],
  params: readonly ParameterIr[],
  context: Context,
): readonly ParameterIr[] {
  const types = new Map<string, string>();
  for (const decorator of decorators) {
    if (decorator.kind !== 'call') continue;
    for (const { value } of decorator.args) {
      if (value.kind !== 'constant' || typeof value.value !== 'string' || !value.value.includes('<'))
        continue;
      for (const [, before, name, nameFirst, after] of value.value.matchAll(CONVERTER)) {
        types.set(name ?? nameFirst ?? '', (before ?? after ?? '').toLowerCase());
      }
    }
  }
  if (types.size === 0) return params;
  return params.map(parameter => {
    const type = types.get(parameter.name);
    if (type === undefined || parameter.type !== undefined) return parameter;
    const name = type === 'uuid' ? 'int' : type;
    return { ...parameter, type: context.builtin(parameter.node, name) };
  });
}

const ROUTES = new Set(['route', 'get', 'post', 'put', 'delete', 'patch', 'api_route', 'errorhandler']);

/** What registers a function as the answer to a request: `app.route` of `@app.route("/")`. */
export function routeOf(decorators: readonly Value[]): Value | undefined {
  for (const decorator of decorators) {
    if (decorator.kind !== 'call' || decorator.callee.kind !== 'member') continue;
    if (ROUTES.has(decorator.callee.key)) return decorator.callee;
  }
  return undefined;
}
