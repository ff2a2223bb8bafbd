import type { Abstract, CallEvent, Values, WriteEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { python } from './misuse.ts';

/** Calls that give text of a request as it is. */
const REQUEST = /request|Request|\bget\w*\(\)$|builtins\.|^(?:base64|urllib)\./;

/** What answers requests with HTML when it is handed text; others make JSON of it. */
const ROUTE_OF_HTML = /^(?:flask\.|bottle\.|sanic\.|cherrypy\.)/;

export const xssRule = sinkRule({
  id: 'PW-PY-XSS',
  title: 'Text of others becomes part of a page',
  category: 'xss',
  cwe: 79,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Scripts in the text run in the browser of whoever opens the page, as that person.',
    remedy: 'Answer with a template that escapes, or escape with `html.escape` or `markupsafe.escape`.',
    bad: 'from flask import Flask, request\n\napp = Flask(__name__)\n\n@app.route("/")\ndef hello():\n    return "<h1>" + request.args["name"] + "</h1>"',
    good: 'from html import escape\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n@app.route("/")\ndef hello():\n    return "<h1>" + escape(request.args["name"]) + "</h1>"',
  },
  does: 'becomes part of a page without being escaped',
  sinks: [
    {
      call: 'builtins.(response)',
      from: 'user',
      when: (event, value, context) => isPage(value, context.values) && isRouteOfHtml(event, context),
    },
    {
      call: [
        'flask.make_response',
        'flask.Response',
        'werkzeug.wrappers.Response',
        'django.http.HttpResponse',
        'django.http.HttpResponseBadRequest',
        'django.http.HttpResponseNotFound',
        'django.http.HttpResponseServerError',
        'django.http.StreamingHttpResponse',
        'starlette.responses.HTMLResponse',
        'pyramid.response.Response',
        'tornado.web.RequestHandler.write',
        'tornado.web.RequestHandler.finish',
        'webapp2.RequestHandler.response.write',
        'webapp2.RequestHandler.response.out.write',
        'sanic.response.html',
      ],
      argument: 0,
      from: 'user',
      when: (event, value, context) => isPage(value, context.values) && isHtml(event, context),
    },
    { call: ['starlette.responses.HTMLResponse'], argument: 'content', from: 'user' },
    {
      call: ['aiohttp.web.Response', 'starlette.responses.Response'],
      argument: 'text',
      from: 'user',
      when: (event, value, context) => isPage(value, context.values) && saysHtml(event, context),
    },
    {
      call: ['aiohttp.web.Response', 'starlette.responses.Response'],
      argument: [0, 'content'],
      from: 'user',
      when: (event, value, context) => isPage(value, context.values) && saysHtml(event, context),
    },
    {
      call: [
        'markupsafe.Markup',
        'django.utils.safestring.mark_safe',
        'django.utils.safestring.SafeString',
        'django.utils.safestring.SafeText',
        'django.utils.html.mark_safe',
        'wtforms.widgets.HTMLString',
        'webhelpers2.html.literal',
      ],
      from: 'built',
      does: 'is marked as safe HTML without being escaped',
    },
    {
      call: 'django.utils.html.format_html',
      from: 'built',
      does: 'is written into the format, which is not escaped',
    },
    {
      call: [
        'http.server.BaseHTTPRequestHandler.wfile.write',
        'http.server.SimpleHTTPRequestHandler.wfile.write',
      ],
      from: 'user',
      when: (_event, value, { values }) => /</.test(values.patternOf(value)),
    },
  ],
});

/** Text, and not the data of an answer in another format. */
function isPage(value: Abstract, values: Values): boolean {
  if (value.fields !== undefined || value.element !== undefined) {
    // `return text, 404`
    const [body] = values.elements(value);
    return (
      body !== undefined &&
      value.fields?.has('0') === true &&
      body.fields === undefined &&
      values.taintOf(body, 'xss')?.level === 'user'
    );
  }
  // What a function of somebody else's makes of it is hardly ever the text itself.
  if (value.text === undefined && /\(\)$/.test(value.path ?? '') && !REQUEST.test(value.path ?? ''))
    return false;
  return !values
    .pathsOf(value)
    .some(path =>
      /(?:Response|jsonify|render_template|send_file|redirect|url_for|dumps)(?:\(\))?$/.test(path),
    );
}

function isRouteOfHtml(event: CallEvent | WriteEvent, context: RuleContext): boolean {
  if (!('args' in event)) return false;
  const route = event.args[1];
  if (route === undefined) return false;
  const paths = context.values.pathsOf(route.value);
  // An application from another file, `@app.route`, is taken for one of Flask's.
  return paths.length === 0
    ? context.textOf(route.node).endsWith('.route')
    : paths.some(path => ROUTE_OF_HTML.test(path) || path.endsWith('.route'));
}

function typeOf(event: CallEvent | WriteEvent, { values }: RuleContext): string | undefined {
  if (!('args' in event)) return undefined;
  for (const name of ['content_type', 'mimetype', 'media_type', 'headers']) {
    const given = event.argument(undefined, name)?.value;
    if (given === undefined) continue;
    const text =
      values.textOf(given) ??
      values
        .elements(given)
        .map(one => values.textOf(one) ?? '')
        .join(' ');
    if (text !== '') return text;
  }
  return undefined;
}

function isHtml(event: CallEvent | WriteEvent, context: RuleContext): boolean {
  return /html/i.test(typeOf(event, context) ?? 'html');
}

function saysHtml(event: CallEvent | WriteEvent, context: RuleContext): boolean {
  return /html/i.test(typeOf(event, context) ?? '');
}
