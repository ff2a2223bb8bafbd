import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

const ANSWERS =
  'builtins.(response) flask.make_response flask.Response flask.jsonify django.http.HttpResponse django.http.JsonResponse ' +
  'starlette.responses.HTMLResponse starlette.responses.JSONResponse starlette.responses.PlainTextResponse aiohttp.web.Response ' +
  'tornado.web.RequestHandler.write';

export const stackTraceRule: Rule = {
  id: 'PW-PY-STACK-TRACE',
  title: 'A visitor is shown where the program failed',
  category: 'other',
  cwe: 209,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Names of files, versions and values in a traceback help whoever looks for a way in.',
    remedy: 'Log the traceback and answer with a fixed message.',
    bad: 'import traceback\nfrom flask import make_response\n\ndef failed(error):\n    return make_response(traceback.format_exc(), 500)',
    good: 'import logging\nfrom flask import make_response\n\ndef failed(error):\n    logging.exception("request failed")\n    return make_response("Something went wrong", 500)',
  },
  watches: [
    misusedCalls(ANSWERS, (call, { values }) => {
      const shown = call.args.flatMap(({ value }) => [
        value,
        ...(value.text ?? []).filter(piece => typeof piece !== 'string'),
        ...values.elements(value),
      ]);
      const isTrace = shown.some(one =>
        values.pathsOf(one).some(path => /^traceback\.format_\w+\(\)$|^sys\.exc_info\(\)$/.test(path)),
      );
      return isTrace ? 'The traceback is sent to the visitor.' : undefined;
    }),
  ],
};
