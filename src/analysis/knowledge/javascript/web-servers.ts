import type { HandlerSpec } from '../../flow/index.ts';
import { aliases, fromUser, type KnowledgePart, named, userSources } from './part.ts';

/**
 * Servers that answer HTTP. They differ little in what a request holds, so all of their requests are `web.Request`, all
 * of their responses `web.Response`, and what handlers are registered with is `web.App`.
 */
const REQUEST = named('web.Request');
const RESPONSE = named('web.Response');

const VERBS =
  'get post put delete patch head options all use param route del opts any addHook setErrorHandler';

const registered = VERBS.split(' ').map(
  (verb): HandlerSpec => ({ call: `web.App.${verb}`, params: [REQUEST, RESPONSE] }),
);

/** Handlers known by what their parameters are called, wherever they are registered. */
const PARAMETER_NAMES: readonly (readonly string[])[] = [
  ['req', 'res'],
  ['req', 'res', 'next'],
  ['_req', 'res'],
  ['req', '_res'],
  ['req', '_res', 'next'],
  ['request', 'response'],
  ['request', 'response', 'next'],
  ['req', 'reply'],
  ['request', 'reply'],
  ['request', 'h'],
  ['req', 'h'],
  ['req', 'resp'],
  ['req', 'rsp'],
];

const byNames = PARAMETER_NAMES.map(
  (parameterNames): HandlerSpec => ({ parameterNames, params: [REQUEST, RESPONSE] }),
);

/** Servers of express's kind, and node's own. */
export const webServers: KnowledgePart = {
  handlers: [
    ...registered,
    ...byNames,
    { parameterNames: ['err', 'req', 'res', 'next'], params: [undefined, REQUEST, RESPONSE] },
    { parameterNames: ['error', 'req', 'res', 'next'], params: [undefined, REQUEST, RESPONSE] },
    { parameterNames: ['req'], params: [REQUEST] },
    { parameterNames: ['req', 'next'], params: [REQUEST] },
    { parameterNames: ['context', 'req'], params: [undefined, REQUEST] },
    ...['http', 'https', 'http2'].flatMap((module): HandlerSpec[] => [
      { call: `${module}.createServer`, params: [REQUEST, RESPONSE] },
      { call: `${module}.createSecureServer`, params: [REQUEST, RESPONSE] },
      { call: `${module}.Server`, params: [REQUEST, RESPONSE] },
    ]),
    { call: 'http.Server.on', params: [REQUEST, RESPONSE] },
    // The body comes in pieces.
    { call: 'web.Request.on', params: [fromUser('a request’s body')] },
    { call: 'web.Request.addListener', params: [fromUser('a request’s body')] },
    { call: 'firebase-functions.https.onRequest', params: [REQUEST, RESPONSE] },
    { call: 'firebase-functions.https.onCall', params: [fromUser('a call’s data')] },
    { call: '@google-cloud/functions-framework.http', params: [REQUEST, RESPONSE] },
  ],
  sources: [
    ...userSources('web.Request', 'query', 'a request’s query'),
    ...userSources('web.Request', 'params', 'a part of the address'),
    ...userSources('web.Request', 'body rawBody payload file files fields', 'a request’s body'),
    ...userSources('web.Request', 'url originalUrl path hostname host pathname href', 'a request’s address'),
    ...userSources(
      'web.Request',
      'headers rawHeaders cookies signedCookies state get() header()',
      'a request’s header',
    ),
    ...userSources('web.Request', 'param() getQuery() read() json() text()', 'a request’s query'),
    ...userSources('web.Request', 'nextUrl formData() arrayBuffer() subdomains', 'a request’s query'),
  ],
  same: {
    ...aliases(
      'web.App',
      'express() express.Router() express.Router express.Application express.Express express.IRouter',
    ),
    ...aliases(
      'web.App',
      'fastify() fastify.fastify() fastify.FastifyInstance restify.createServer() polka() connect()',
    ),
    ...aliases(
      'web.App',
      'router() find-my-way() restana() 0http() tinyhttp.App @tinyhttp/app.App loopback()',
    ),
    ...aliases(
      'web.App',
      'hyper-express.Server hyper-express.Router ultimate-express() express-promise-router()',
    ),
    ...aliases(
      'web.App',
      'web.App.route() web.App.use() web.App.get() web.App.post() web.App.all() json-server.create()',
    ),
    ...aliases(
      'web.Request',
      'express.Request express.request fastify.FastifyRequest restify.Request http.IncomingMessage',
    ),
    ...aliases(
      'web.Request',
      'http2.Http2ServerRequest @hapi/hapi.Request hapi.Request next.NextApiRequest polka.Request',
    ),
    ...aliases('web.Request', '@types/express.Request express-serve-static-core.Request global.Request'),
    ...aliases(
      'web.Request',
      'next/server.NextRequest @vercel/node.VercelRequest firebase-functions.Request',
    ),
    ...aliases(
      'web.Request',
      '@azure/functions.HttpRequest web.Request.request web.Request.req web.Request.raw',
    ),
    ...aliases('web.Request', 'web.Response.req web.Response.request'),
    ...aliases(
      'web.Response',
      'express.Response express.response fastify.FastifyReply restify.Response http.ServerResponse',
    ),
    ...aliases('web.Response', 'http2.Http2ServerResponse next.NextApiResponse @vercel/node.VercelResponse'),
    ...aliases(
      'web.Response',
      '@hapi/hapi.ResponseToolkit hapi.ResponseToolkit web.Request.res web.Request.response',
    ),
    ...aliases(
      'web.Response',
      'web.Response.status() web.Response.type() web.Response.set() web.Response.header()',
    ),
    ...aliases(
      'web.Response',
      'web.Response.code() web.Response.contentType() web.Response.response() web.Response.raw',
    ),
    ...aliases('http.Server', 'http.createServer() https.createServer() http2.createServer() https.Server'),
  },
};
