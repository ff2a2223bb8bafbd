import type { Abstract, CallEvent, Values, WriteEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';
import { declarationAround, membersOf } from './tainted.ts';

/** Whether the front of an address fixes the host, so that the rest is a path on it. */
export function hasFixedHost(prefix: string): boolean {
  if (/^\/(?![/\\])/.test(prefix)) return prefix.length > 1;
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]+[/?#]/i.test(prefix) || /^[\w.-]+\//.test(prefix);
}

/** The front of an address, up to where someone else begins to write; `x` stands for what others do not decide. */
export function frontOf(value: Abstract, values: Values): string {
  if (value.text === undefined) return values.prefixOf(value);
  let front = '';
  for (const piece of value.text) {
    if (typeof piece === 'string') front += piece;
    else if (values.taintOf(piece, 'ssrf')?.level === 'user') break;
    // What a program calls an address of its own begins with a scheme and a host.
    else front += front === '' ? 'http://x' : 'x';
  }
  return front;
}

/** A look at the host of an address that was taken apart. */
const HOST_TEST =
  /\.Host(?:name\(\))?\s*[!=]=|\[\w+\.Host(?:name\(\))?\]|(?:[cC]ontains|[aA]llowed|[tT]rusted|[vV]alid|HasSuffix)\w*\([^()]*\.Host\b/;

/** Whether the function looks at the host of an address before it comes to this place. */
export function looksAtHost(event: CallEvent | WriteEvent, context: RuleContext): boolean {
  const around = declarationAround(event.node);
  return around !== undefined && HOST_TEST.test(context.text.slice(around.start, event.node.start));
}

function isOpenHost(event: CallEvent | WriteEvent, value: Abstract, context: RuleContext): boolean {
  return !hasFixedHost(frontOf(value, context.values)) && !looksAtHost(event, context);
}

/** Requests to addresses from outside. */
export const ssrfRule = sinkRule({
  id: 'PW-GO-SSRF',
  title: 'Others choose the server that is asked',
  category: 'ssrf',
  cwe: 918,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'The request comes from inside: services that trust the network, and the cloud’s own address for credentials, answer it.',
    remedy: 'Take the host from a list, or refuse private addresses in the dialer’s `Control` function.',
    bad: 'import "net/http"\n\nfunc fetch(w http.ResponseWriter, r *http.Request) {\n\thttp.Get(r.FormValue("url"))\n}',
    good: 'import (\n\t"net/http"\n\t"net/url"\n)\n\nfunc fetch(w http.ResponseWriter, r *http.Request) {\n\thttp.Get("https://api.example.com/items/" + url.PathEscape(r.FormValue("id")))\n}',
  },
  does: 'decides which server is asked',
  sinks: [
    {
      call: [
        ...membersOf('net/http', 'Get Head Post PostForm'),
        ...membersOf('net/http.Client', 'Get Head Post PostForm'),
        ...membersOf('github.com/go-resty/resty.Request', 'Get Post Put Delete Patch Head'),
        'net/http/httputil.NewSingleHostReverseProxy',
        'github.com/gorilla/websocket.DefaultDialer.Dial',
        'github.com/gorilla/websocket.Dialer.Dial',
        'google.golang.org/grpc.Dial',
        'google.golang.org/grpc.NewClient',
        'github.com/hashicorp/go-retryablehttp.Get',
        'github.com/hashicorp/go-getter.Get',
        'golang.org/x/net/context/ctxhttp.Get',
        'github.com/parnurzeal/gorequest.New().Get',
        'github.com/imroc/req.Get',
        'net/smtp.SendMail',
        'net/smtp.Dial',
      ],
      from: 'user',
      when: isOpenHost,
    },
    { call: 'net/http.Request', argument: 'URL', from: 'user', when: isOpenHost },
    {
      call: [
        'net/http.NewRequest',
        'github.com/valyala/fasthttp.Get',
        'github.com/hashicorp/go-retryablehttp.NewRequest',
        ...membersOf('net', 'Dial DialTimeout'),
        'net.Dialer.Dial',
        'crypto/tls.Dial',
      ],
      argument: 1,
      from: 'user',
      when: isOpenHost,
    },
    {
      call: [
        'net/http.NewRequestWithContext',
        'net.Dialer.DialContext',
        'github.com/coder/websocket.Dial',
        'nhooyr.io/websocket.Dial',
      ],
      argument: 2,
      from: 'user',
      when: isOpenHost,
    },
    {
      call: ['github.com/coder/websocket.Dial', 'nhooyr.io/websocket.Dial'],
      argument: 1,
      from: 'user',
      when: isOpenHost,
    },
    {
      call: [
        'github.com/valyala/fasthttp.Request.SetRequestURI',
        'github.com/valyala/fasthttp.AcquireRequest().SetRequestURI',
      ],
      from: 'user',
      when: isOpenHost,
    },
  ],
});
