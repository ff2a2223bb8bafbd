import type { Rule } from '../rule.ts';
import { isOff, misusedCalls, misusedWrites, python } from './misuse.ts';

export const autoescapeRule: Rule = {
  id: 'PW-PY-AUTOESCAPE',
  title: 'Templates do not escape what they show',
  category: 'xss',
  cwe: 79,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Everything that a template shows goes into the page as it is: scripts in the data of one visitor run in the browser of another.',
    remedy: 'Make the environment with `autoescape=select_autoescape()` or `autoescape=True`.',
    bad: 'import jinja2\n\nenvironment = jinja2.Environment(loader=jinja2.FileSystemLoader("templates"))',
    good: 'import jinja2\n\nenvironment = jinja2.Environment(autoescape=jinja2.select_autoescape())',
  },
  watches: [
    misusedCalls('jinja2.Environment jinja2.sandbox.SandboxedEnvironment', (call, context) => {
      const setting = call.argument(undefined, 'autoescape');
      if (setting === undefined) {
        if (call.hasSpread) return undefined;
        return 'Without `autoescape`, Jinja escapes nothing that its templates show.';
      }
      return isOff(setting.value, context) ? 'Escaping is switched off for all templates.' : undefined;
    }),
    misusedCalls('mako.template.Template mako.lookup.TemplateLookup', (call, { values }) => {
      const filters = call.argument(undefined, 'default_filters');
      if (filters !== undefined && values.elements(filters.value).some(one => values.textOf(one) === 'h'))
        return undefined;
      return call.hasSpread ? undefined : 'Mako escapes nothing unless `default_filters` has `h`.';
    }),
    misusedCalls('starlette.templating.Jinja2Templates', (call, context) => {
      const setting = call.argument(undefined, 'autoescape');
      return setting && isOff(setting.value, context)
        ? 'Escaping is switched off for all templates.'
        : undefined;
    }),
    misusedWrites('**.autoescape', (write, context) =>
      isOff(write.value, context) ? 'Escaping is switched off for all templates.' : undefined,
    ),
  ],
};
