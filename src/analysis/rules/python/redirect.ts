import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { choosesHost } from './host-choice.ts';
import { python } from './misuse.ts';

/** What a function that is named for it has made safe is. */
function isOpen(event: CallEvent | WriteEvent, value: Abstract, { values, textOf }: RuleContext): boolean {
  const written = 'args' in event && event.args[0] ? textOf(event.args[0].node) : '';
  return !/(?:safe|valid|sanit|clean|allowed)\w*\(/i.test(written) && choosesHost(value, values);
}

export const redirectRule = sinkRule({
  id: 'PW-PY-REDIRECT',
  title: 'Someone else chooses where the visitor is sent',
  category: 'ssrf',
  cwe: 601,
  severity: 'error',
  confidence: 'medium',
  languages: python,
  docs: {
    risk: 'A link to a site that people trust leads to one that takes their password.',
    remedy:
      'Redirect to fixed places, or check the host with `url_has_allowed_host_and_scheme` or `urlparse(url).netloc`.',
    bad: 'from flask import redirect, request\n\ndef go():\n    return redirect(request.args["next"])',
    good: 'from flask import redirect, request, url_for\n\ndef go():\n    return redirect(url_for("page", name=request.args["next"]))',
  },
  does: 'decides where the visitor is sent',
  sinks: [
    {
      call: [
        'flask.redirect',
        'werkzeug.redirect',
        'django.shortcuts.redirect',
        'django.http.HttpResponseRedirect',
        'django.http.HttpResponsePermanentRedirect',
        'starlette.responses.RedirectResponse',
        'aiohttp.web.HTTPFound',
        'aiohttp.web.HTTPSeeOther',
        'aiohttp.web.HTTPMovedPermanently',
        'pyramid.httpexceptions.HTTPFound',
        'tornado.web.RequestHandler.redirect',
        'bottle.redirect',
        'sanic.response.redirect',
        'falcon.HTTPFound',
        'cherrypy.HTTPRedirect',
      ],
      argument: [0, 'location'],
      from: 'user',
      when: isOpen,
    },
    {
      call: ['starlette.responses.RedirectResponse'],
      argument: 'url',
      from: 'user',
      when: isOpen,
    },
  ],
});
