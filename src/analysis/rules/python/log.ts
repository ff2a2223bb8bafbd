import { sinkRule } from '../sink-rule.ts';
import { python } from './misuse.ts';

const levels = 'debug info warning warn error critical exception log fatal'.split(' ');

export const logRule = sinkRule({
  id: 'PW-PY-LOG',
  title: 'Text of others is written into a log as it is',
  category: 'other',
  cwe: 117,
  severity: 'warning',
  confidence: 'medium',
  languages: python,
  docs: {
    risk: 'A line break in the text begins a line of somebody else’s making: logs no longer say what happened.',
    remedy: 'Take line breaks out, or write the text with `repr` (`%r`).',
    bad: 'import logging\nfrom flask import request\n\ndef hello():\n    logging.info("user " + request.args["name"])',
    good: 'import logging\nfrom flask import request\n\ndef hello():\n    logging.info("user %r", len(request.args["name"]))',
  },
  does: 'is written into the log as it is',
  sinks: [
    {
      call: levels.flatMap(level => [`logging.${level}`, `logging.Logger.${level}`]),
      argument: 'any',
      from: 'user',
      when: (_event, value) => value.fields === undefined,
    },
  ],
});
