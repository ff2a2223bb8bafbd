import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';
import { subjectOf } from './wording.ts';

export const responseXssRule: Rule = {
  id: 'PW-JS-RESPONSE-XSS',
  title: 'What was sent is sent back as a page',
  category: 'xss',
  cwe: 79,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'A link that holds a script makes the server put it into its own page, where it runs with the rights of whoever follows the link.',
    remedy: 'Escape what is put into a page, use a template that does, or answer with JSON.',
    bad: "app.get('/', (req, res) => res.send('<h1>' + req.query.name + '</h1>'));",
    good: "app.get('/', (req, res) => res.json({ name: req.query.name }));",
  },
  watches: [
    {
      on: 'call',
      of: ['send', 'write', 'end', 'html', 'body'].flatMap(name => [`web.Response.${name}`]),
      check: (call, context) => judge(call, call.args[0]?.value, context),
    },
    {
      on: 'call',
      of: ['web.Context.html'],
      check: (call, context) => judge(call, call.args[0]?.value, context),
    },
    {
      on: 'write',
      of: ['web.Context.body', 'web.Response.body'],
      check: (write, context) => judge(write, write.value, context),
    },
    {
      on: 'call',
      of: [
        'handlebars.SafeString',
        'global.Handlebars.SafeString',
        'hbs.SafeString',
        'hbs.handlebars.SafeString',
        'nunjucks.runtime.SafeString',
        'nunjucks.runtime.markSafe',
        'lit-html/directives/unsafe-html.js.unsafeHTML',
        'lit/directives/unsafe-html.js.unsafeHTML',
        'svelte/internal.HtmlTag',
      ],
      check: (call, context) => judge(call, call.args[0]?.value, context),
    },
  ],
};

function judge(event: CallEvent | WriteEvent, value: Abstract | undefined, context: RuleContext): void {
  // Objects are sent as JSON.
  if (value === undefined || value.fields !== undefined) return;
  const { values } = context;
  const taint = values.taintOf(value, 'xss');
  if (taint?.level !== 'user') return;
  if (values.pathsOf(value).some(path => /^global\.JSON\.stringify\(\)$|toString\(\)$/.test(path))) return;
  // Put together without a tag and after other text it is hardly a page, but a browser takes it for one all the same.
  if (isPlainText(event, context)) return;
  context.report(event.node, {
    message: `${subjectOf(taint, '')} is sent back as part of a page.`,
    taint,
  });
}

/** The function around says that what it sends is no page. */
function isPlainText(event: CallEvent | WriteEvent, context: RuleContext): boolean {
  let at = event.node.parent;
  while (at && !/function|method_definition/.test(at.type)) at = at.parent;
  if (at === undefined) return false;
  const before = context.text.slice(Math.max(at.start, event.node.start - 2_000), event.node.end);
  return /(?:text\/plain|application\/(?:json|octet-stream|javascript|xml)|image\/|\.type\(\s*['"](?:json|text|txt)|attachment\()/.test(
    before,
  );
}
