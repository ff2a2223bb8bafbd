import type { Rule } from '../rule.ts';
import { isOff, misusedCalls, misusedWrites, python } from './misuse.ts';

export const protectionOffRule: Rule = {
  id: 'PW-PY-PROTECTION',
  title: 'A protection of the web framework is switched off',
  category: 'xss',
  cwe: 352,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Other sites can send requests in the name of a visitor, or read the answers.',
    remedy: 'Leave the protection on, and name the origins that are meant.',
    bad: 'from flask_cors import CORS\nfrom flask import Flask\n\napp = Flask(__name__)\nCORS(app, origins="*", supports_credentials=True)',
    good: 'from flask_cors import CORS\nfrom flask import Flask\n\napp = Flask(__name__)\nCORS(app, origins=["https://example.com"])',
  },
  watches: [
    misusedCalls('flask_cors.CORS flask_cors.cross_origin', (call, { values }) => {
      const origins = call.argument(undefined, 'origins') ?? call.argument(undefined, 'resources');
      const all =
        origins === undefined
          ? []
          : [
              origins.value,
              ...values.elements(origins.value),
              ...values.elements(origins.value).flatMap(one => values.elements(one)),
            ];
      return all.some(one => /^(?:\*|\.\*)$/.test(values.textOf(one) ?? ''))
        ? 'Every site may read the answers.'
        : undefined;
    }),
    misusedCalls('**.add_middleware', (call, { values }) => {
      const origins = call.argument(undefined, 'allow_origins');
      return origins && values.elements(origins.value).some(one => values.textOf(one) === '*')
        ? 'Every site may read the answers.'
        : undefined;
    }),
    misusedWrites('**.Access-Control-Allow-Origin', ({ value }, { values }) =>
      values.textOf(value) === '*' ? 'Every site may read the answers.' : undefined,
    ),
    misusedWrites('**.WTF_CSRF_ENABLED **.WTF_CSRF_CHECK_DEFAULT', ({ value }, context) =>
      isOff(value, context) ? 'Other sites can send forms in the name of a visitor.' : undefined,
    ),
    {
      on: 'node',
      of: ['decorator', 'assignment'],
      check: (node, context) => {
        if (node.type === 'decorator') {
          const name = node.inner && context.textOf(node.inner);
          if (name && /^(?:[\w.]+\.)?csrf_exempt$|^csrf\.exempt$/.test(name))
            context.report(node, { message: 'Other sites can send requests in the name of a visitor.' });
          return;
        }
        const left = node.child('left');
        const right = node.child('right');
        if (left?.type !== 'identifier' || right === undefined) return;
        const name = context.textOf(left);
        const isAll = name === 'ALLOWED_HOSTS' && /^\[\s*['"]\*['"]\s*,?\s*\]$/.test(context.textOf(right));
        const isOpen = /^CORS_(?:ORIGIN_ALLOW_ALL|ALLOW_ALL_ORIGINS)$/.test(name) && right.type === 'true';
        const isUnchecked = /^WTF_CSRF_ENABLED$/.test(name) && right.type === 'false';
        if (isAll || isOpen || isUnchecked)
          context.report(node, { message: `\`${name}\` switches a protection off.` });
      },
    },
  ],
};
