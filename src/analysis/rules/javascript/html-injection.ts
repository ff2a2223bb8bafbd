import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';
import { subjectOf } from './wording.ts';

const PROPERTIES = ['innerHTML', 'outerHTML', 'srcdoc'];
/** Which argument becomes HTML. */
const METHODS: Readonly<Record<string, number>> = {
  '**.insertAdjacentHTML': 1,
  '**.createContextualFragment': 0,
  '**.setHTMLUnsafe': 0,
  'global.JSX.innerHTML': 0,
  'global.JSX.domPropsInnerHTML': 0,
  'global.JSX.srcDoc': 0,
  'global.JSX.srcdoc': 0,
  '**.trustAsHtml': 0,
  '**.trustAsJs': 0,
  '**.trustAsResourceUrl': 0,
  '**.bypassSecurityTrustHtml': 0,
  '**.bypassSecurityTrustScript': 0,
  '**.bypassSecurityTrustUrl': 0,
  '**.bypassSecurityTrustResourceUrl': 0,
  '**.bypassSecurityTrustStyle': 0,
};
const DOCUMENT = ['global.document.write', 'global.document.writeln'];

/** jQuery's: `html` replaces what is inside, the others add; text without a tag stays text in none of them. */
const JQUERY =
  'html append prepend after before replaceWith wrap wrapAll wrapInner appendTo prependTo insertAfter insertBefore add parseHTML'.split(
    ' ',
  );

export const htmlInjectionRule: Rule = {
  id: 'PW-JS-HTML-INJECTION',
  title: 'Text is put into the page as HTML',
  category: 'xss',
  cwe: 79,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Text that holds a tag with an event handler runs script inside the application, with the rights of its user.',
    remedy: 'Use `textContent`, or build elements; clean HTML with a sanitizer before it goes into the page.',
    bad: 'panel.innerHTML = message;',
    good: 'panel.textContent = message;',
  },
  watches: [
    {
      on: 'write',
      of: PROPERTIES.map(name => `**.${name}`),
      check: (write, context) => {
        const key = write.node.child('property');
        const isPlain = write.key === 'innerHTML' && key !== undefined;
        judge(write, write.value, write.key ?? 'innerHTML', context, isPlain ? key : undefined);
      },
    },
    ...Object.entries(METHODS).map(([of, at]): Rule['watches'][number] => ({
      on: 'call',
      of: [of],
      check: (call, context) => {
        const value = call.args[at]?.value;
        if (value !== undefined) judge(call, value, call.method, context);
      },
    })),
    {
      on: 'call',
      of: ['global.JSX.dangerouslySetInnerHTML'],
      check: (call, context) => {
        const html = call.args[0] && context.values.field(call.args[0].value, '__html');
        if (html !== undefined) judge(call, html, '__html', context);
      },
    },
    {
      on: 'call',
      of: ['react.createElement', 'react.cloneElement', 'preact.h', 'vue.h'],
      check: (call, context) => {
        const props = call.option('dangerouslySetInnerHTML');
        const html = props === undefined ? call.option('innerHTML') : context.values.field(props, '__html');
        if (html !== undefined) judge(call, html, '__html', context);
      },
    },
    {
      on: 'call',
      of: DOCUMENT,
      check: (call, context) => {
        const open = call.args.find(({ value }) => !context.values.isFixed(value));
        if (open !== undefined) judge(call, open.value, call.method, context);
        else {
          context.report(call.node, {
            message: '`document.write` writes text into the page as HTML.',
            severity: 'info',
          });
        }
      },
    },
    {
      on: 'call',
      of: JQUERY.map(name => `**.${name}`),
      check: (call, context) => {
        if (!isJquery(call)) return;
        for (const { value } of call.args) {
          const taint = context.values.taintOf(value, 'xss');
          const hasTag = value.text?.some(piece => typeof piece === 'string' && piece.includes('<')) === true;
          if (
            taint?.level !== 'user' &&
            !(call.method === 'html' && taint?.level === 'local') &&
            !(hasTag && context.values.isBuilt(value, 'xss'))
          )
            continue;
          judge(call, value, call.method, context);
          return;
        }
      },
    },
    {
      on: 'call',
      of: ['global.$', 'global.jQuery', 'jquery'],
      check: (call, context) => {
        const value = call.args[0]?.value;
        if (value === undefined) return;
        const taint = context.values.taintOf(value, 'xss');
        const prefix = context.values.prefixOf(value).trimStart();
        // With something else in front it can only be a selector.
        if (taint?.level === 'user' && (prefix === '' || prefix.startsWith('<')))
          judge(call, value, '$', context);
      },
    },
  ],
};

function isJquery(call: CallEvent): boolean {
  if (call.paths.some(path => /^(?:global\.\$|global\.jQuery|jquery)(?:\(\)|\.)/.test(path))) return true;
  return /^(?:\$|jquery)/.test(call.receiverText);
}

function judge(
  event: CallEvent | WriteEvent,
  value: Abstract,
  how: string,
  context: RuleContext,
  key?: WriteEvent['node'],
): void {
  const { values } = context;
  if (values.isFixed(value) || values.isHarmless(value) || values.isCleared(value, 'xss') || value.callable)
    return;
  const taint = values.taintOf(value, 'xss');
  // What a function made is as good as the function; only a look at it could tell.
  if (taint === undefined && value.text === undefined && isMade(event)) return;
  // A tag whose holes are all cleared is as good as fixed.
  if (taint === undefined && value.text !== undefined && !values.isBuilt(value, 'xss')) return;
  const fix =
    key && taint === undefined
      ? { fix: context.replace(key, 'textContent', 'Replace `innerHTML` by `textContent`') }
      : {};
  context.report(event.node, {
    message: `${subjectOf(taint, 'text that is not a constant')} becomes HTML through \`${how}\`.`,
    severity: taint?.level === 'user' ? 'error' : 'warning',
    taint,
    ...fix,
  });
}

function isMade(event: CallEvent | WriteEvent): boolean {
  let value = event.node.parent?.child('right');
  while (value && /^(?:await|parenthesized|as|non_null)_expression$/.test(value.type)) value = value.inner;
  return value?.type === 'call_expression';
}
