import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

export const massAssignmentRule: Rule = {
  id: 'PW-PY-MASS-ASSIGN',
  title: 'Someone else chooses which attributes are set',
  category: 'prototype-pollution',
  cwe: 915,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Attributes that nobody meant to hand out, such as `is_admin`, are set too.',
    remedy: 'Name the fields that may be set.',
    bad: 'from flask import request\n\ndef update(account):\n    for key, value in request.json.items():\n        setattr(account, key, value)',
    good: 'from flask import request\n\ndef update(account):\n    for key in ("name", "email"):\n        setattr(account, key, request.json.get(key))',
  },
  watches: [
    misusedCalls('builtins.setattr', ({ args }, { values }) => {
      // `"is_" + action` can only be one of the attributes that are meant.
      if (args[1] === undefined || values.prefixOf(args[1].value) !== '') return undefined;
      const taint = values.taintOf(args[1].value, 'prototype-pollution');
      return taint?.level === 'user'
        ? {
            message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} chooses which attribute is set.`,
            taint,
          }
        : undefined;
    }),
    misusedCalls('**.update', (call, { values }) => {
      if (!/(?:^|\.)(?:__dict__|__class__)$|^globals$|^vars$|^locals$/.test(call.receiverText))
        return undefined;
      const taint = call.args[0] && values.taintOf(call.args[0].value, 'prototype-pollution');
      return taint?.level === 'user'
        ? {
            message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} chooses which attributes are set.`,
            taint,
          }
        : undefined;
    }),
  ],
};
