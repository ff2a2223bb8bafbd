import type { Abstract, CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';
import { declarationAround, membersOf, reportOf } from './tainted.ts';

/** What says that an answer is no page. */
const OTHER_TYPE =
  /["`](?:application\/(?:json|octet-stream|xml|x-ndjson|javascript|pdf|zip)|text\/(?:plain|csv|event-stream)|image\/)/i;
const WRITERS = new Set(['net/http.ResponseWriter', 'github.com/valyala/fasthttp.RequestCtx']);

/** Answers with text of others in them that a browser takes for a page. */
export const xssRule: Rule = {
  id: 'PW-GO-XSS',
  title: 'Text of others is written into a page',
  category: 'xss',
  cwe: 79,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A `<script>` in the text runs in the browser of whoever opens the page, with everything they may do there.',
    remedy:
      'Write pages with `html/template`, or text through `html.EscapeString`; say `text/plain` where it is no page.',
    bad: 'import (\n\t"fmt"\n\t"net/http"\n)\n\nfunc hello(w http.ResponseWriter, r *http.Request) {\n\tfmt.Fprintf(w, "<p>%s</p>", r.FormValue("name"))\n}',
    good: 'import (\n\t"fmt"\n\t"html"\n\t"net/http"\n)\n\nfunc hello(w http.ResponseWriter, r *http.Request) {\n\tfmt.Fprintf(w, "<p>%s</p>", html.EscapeString(r.FormValue("name")))\n}',
  },
  watches: [
    {
      on: 'call',
      of: ['fmt.Fprintf', 'fmt.Fprint', 'fmt.Fprintln', 'io.WriteString', 'io.Copy'],
      check: (call, context) => {
        const [writer, ...rest] = call.args;
        if (writer === undefined || !isWriter(writer.value, context)) return;
        for (const { value } of rest) if (judge(call, value, context)) return;
      },
    },
    {
      on: 'call',
      of: [
        'net/http.ResponseWriter.Write',
        'net/http.ResponseWriter.WriteString',
        ...membersOf('github.com/valyala/fasthttp.RequestCtx', 'WriteString SetBodyString Write SetBody'),
      ],
      check: (call, context) => {
        const [text] = call.args;
        if (text !== undefined) judge(call, text.value, context);
      },
    },
    {
      on: 'call',
      of: ['github.com/labstack/echo.Context.HTML', 'github.com/labstack/echo.Context.HTMLBlob'],
      check: (call, context) => {
        const text = call.argument(1);
        if (text !== undefined) judge(call, text.value, context);
      },
    },
    {
      on: 'call',
      of: ['github.com/gin-gonic/gin.Context.Data', 'github.com/labstack/echo.Context.Blob'],
      check: (call, context) => {
        const type = call.argument(1);
        const text = call.argument(2);
        if (text === undefined || !/html/.test(context.values.prefixOf(type?.value ?? {}))) return;
        judge(call, text.value, context);
      },
    },
  ],
};

function isWriter(value: Abstract, { values }: RuleContext): boolean {
  return values.pathsOf(value).some(path => WRITERS.has(path));
}

function judge(call: CallEvent, value: Abstract, context: RuleContext): boolean {
  const taint = context.values.taintOf(value, 'xss');
  const isStored = taint?.source === 'a row of the database' && writesTags(call, context);
  if (taint === undefined || (taint.level !== 'user' && !isStored)) return false;
  const around = declarationAround(call.node);
  if (around !== undefined && OTHER_TYPE.test(context.textOf(around))) return false;
  context.report(call.node, reportOf(taint, 'is written into a page as it is'));
  return true;
}

/** Whether what is written is certainly a page. */
function writesTags(call: CallEvent, { values }: RuleContext): boolean {
  return call.args.some(({ value }) => /<\/?[a-z][\s\S]*>/i.test(values.patternOf(value)));
}
