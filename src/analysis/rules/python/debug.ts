import type { Rule } from '../rule.ts';
import { isOn, misusedCalls, misusedWrites, only, python } from './misuse.ts';

/** Django's settings, by their file's name or what else stands in them. */
function isSettings(text: string, file: string): boolean {
  return (
    /(?:^|[\\/])settings(?:[\\/]\w+)?\.py$/.test(file) ||
    /^(?:INSTALLED_APPS|MIDDLEWARE|ROOT_URLCONF|ALLOWED_HOSTS|SECRET_KEY)\s*=/m.test(text)
  );
}

export const debugRule: Rule = {
  id: 'PW-PY-DEBUG',
  title: 'A server runs in debug mode',
  category: 'other',
  cwe: 489,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'The debugger of Flask and Werkzeug runs code for whoever reaches it; Django’s error pages show settings and source.',
    remedy: 'Switch it on by the environment only, on the developer’s machine.',
    bad: 'from flask import Flask\n\napp = Flask(__name__)\napp.run(debug=True)',
    good: 'import os\nfrom flask import Flask\n\napp = Flask(__name__)\napp.run(debug=os.environ.get("DEBUG") == "1")',
  },
  watches: [
    misusedCalls(
      'flask.Flask.run ?.run bottle.run bottle.Bottle.run sanic.Sanic.run tornado.web.Application uvicorn.run flask_socketio.SocketIO.run werkzeug.run_simple werkzeug.serving.run_simple aiohttp_debugtoolbar.setup dash.Dash.run_server dash.Dash.run ?.run_server',
      (call, context) => {
        const debug = call.args.find(({ name }) => name === 'debug' || name === 'use_debugger')?.value;
        return debug && isOn(debug, context)
          ? 'Debug mode lets whoever reaches the server look inside and run code.'
          : undefined;
      },
    ),
    misusedCalls('fastapi.FastAPI starlette.applications.Starlette', (call, context) =>
      isOn(call.option('debug'), context)
        ? {
            message: 'Debug mode shows source and variables to whoever causes an error.',
            severity: 'warning',
          }
        : undefined,
    ),
    misusedWrites('flask.Flask.debug ?.debug', ({ value, node }, context) =>
      only(value, context) === true && /^(?:app|application)\.debug\b/.test(context.textOf(node))
        ? 'Debug mode lets whoever reaches the server look inside and run code.'
        : undefined,
    ),
    {
      on: 'node',
      of: ['assignment'],
      check: (node, context) => {
        const left = node.child('left');
        const right = node.child('right');
        if (left?.type !== 'identifier' || right?.type !== 'true') return;
        if (
          !/^(?:DEBUG|TEMPLATE_DEBUG|DEBUG_PROPAGATE_EXCEPTIONS)$/.test(context.textOf(left)) ||
          !isSettings(context.text, context.file)
        )
          return;
        context.report(node, {
          message: 'Debug mode shows settings and source on every error page.',
          severity: 'warning',
        });
      },
    },
  ],
};
