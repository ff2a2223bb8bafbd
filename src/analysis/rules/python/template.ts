import { sinkRule } from '../sink-rule.ts';
import { python } from './misuse.ts';

export const templateRule = sinkRule({
  id: 'PW-PY-TEMPLATE',
  title: 'Text of others becomes a template',
  category: 'code-eval',
  cwe: 1336,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Templates are programs: text that someone else writes into one is run on the server, with all that Python can reach.',
    remedy: 'Keep the template fixed and hand the text over as a variable.',
    bad: 'from flask import render_template_string, request\n\ndef hello():\n    return render_template_string("Hello " + request.args["name"])',
    good: 'from flask import render_template_string, request\n\ndef hello():\n    return render_template_string("Hello {{ name }}", name=request.args["name"])',
  },
  does: 'is compiled as a template',
  sinks: [
    {
      call: [
        'flask.render_template_string',
        'flask.stream_template_string',
        'jinja2.Template',
        'jinja2.Environment.from_string',
        'mako.template.Template',
        'django.template.Template',
        'django.template.Engine.from_string',
        'tornado.template.Template',
        'bottle.template',
        'bottle.SimpleTemplate',
        'Cheetah.Template.Template',
        'chameleon.PageTemplate',
        'genshi.template.MarkupTemplate',
        'genshi.template.TextTemplate',
        'airspeed.Template',
        'pystache.render',
        'chevron.render',
      ],
      argument: [0, 'source'],
      from: 'built',
      when: (event, value, { values }) => {
        // A template handed in whole is its author's; text written into one is somebody else's.
        const taint = values.taintOf(value, 'code-eval');
        if (taint !== undefined && taint.level !== 'parameter') return 'args' in event;
        return values.isBuilt(value);
      },
    },
    { call: ['string.Template', '?.from_string'], from: 'user' },
  ],
});
