import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const messageOriginRule: Rule = {
  id: 'PW-JS-MESSAGE-ORIGIN',
  title: 'Messages of any page are listened to',
  category: 'other',
  cwe: 346,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Any page that holds this one in a frame, or opened it, can send it messages and be obeyed.',
    remedy: 'Compare `event.origin` with the page that is meant, or `event.source` with the window.',
    bad: "window.addEventListener('message', event => { run(event.data.command); });",
    good: "window.addEventListener('message', event => { if (event.origin === home) run(event.data.command); });",
  },
  watches: [
    {
      on: 'call',
      of: ['global.addEventListener'],
      check: (call, context) => {
        if (call.args[0] === undefined || context.values.textOf(call.args[0].value) !== 'message') return;
        const listener = call.args[1]?.value.callable?.function;
        // Workers and webviews hear nobody but who made them.
        if (
          listener === undefined ||
          /\bself\s*\.|\bimportScripts\b|acquireVsCodeApi|onmessage|WorkerGlobalScope|worker_threads/.test(
            context.text,
          )
        )
          return;
        const text = context.textOf(listener.node);
        if (/\borigin\b|\.source\b|isTrusted/i.test(text) || !/\bdata\b/.test(text)) return;
        // What is handed on whole may be checked elsewhere.
        if (listener.params.length === 0) return;
        context.report(call.node, { message: 'Nobody looks where these messages come from.' });
      },
    },
  ],
};
