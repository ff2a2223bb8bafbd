import type { HandlerSpec } from '../../flow/index.ts';
import { aliases, fromUser, type KnowledgePart, named, userSources } from './part.ts';

const CONTEXT = named('web.Context');
const VERBS = 'get post put delete patch head options all use del on'.split(' ');

/** Frameworks whose handlers get one context: koa, hono, oak, egg, elysia, grammy's and telegraf's bots. */
const contextHandlers = VERBS.map(
  (verb): HandlerSpec => ({ call: `web.ContextApp.${verb}`, params: [CONTEXT] }),
);

const verbsOfFiles = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map(
  (exportedAs): HandlerSpec => ({
    exportedAs,
    params: [named('web.Request'), fromUser('a request’s query')],
  }),
);

const nest =
  'Get Post Put Delete Patch Head Options All MessagePattern EventPattern SubscribeMessage Query Mutation'
    .split(' ')
    .map(
      (name): HandlerSpec => ({
        decorator: `@nestjs/${/Pattern/.test(name) ? 'microservices' : /Subscribe/.test(name) ? 'websockets' : /Query|Mutation/.test(name) ? 'graphql' : 'common'}.${name}`,
        params: [],
        rest: fromUser('a request'),
      }),
    );

const otherDecorators = [
  'routing-controllers',
  'tsoa',
  'type-graphql',
  '@loopback/rest',
  '@tsed/common',
].flatMap(module =>
  'Get Post Put Delete Patch get post put del patch Query Mutation'.split(' ').map(
    (name): HandlerSpec => ({
      decorator: `${module}.${name}`,
      params: [],
      rest: fromUser('a request'),
    }),
  ),
);

/** Web frameworks of other kinds, and functions in the cloud. */
export const webFrameworks: KnowledgePart = {
  handlers: [
    ...contextHandlers,
    { parameterNames: ['ctx', 'next'], params: [CONTEXT] },
    { parameterNames: ['ctx'], params: [CONTEXT] },
    { parameterNames: ['c', 'next'], params: [CONTEXT] },
    ...verbsOfFiles,
    ...nest,
    ...otherDecorators,
    { parameterNames: ['event', 'context'], params: [fromUser('an event')] },
    { parameterNames: ['event', 'context', 'callback'], params: [fromUser('an event')] },
    { parameterNames: ['event', '_context'], params: [fromUser('an event')] },
    { exportedAs: 'handler', params: [named('lambda.Event')] },
    { exportedAs: 'lambdaHandler', params: [named('lambda.Event')] },
    { exportedAs: 'getServerSideProps', params: [named('next.Context')] },
    { exportedAs: 'getInitialProps', params: [named('next.Context')] },
    { exportedAs: 'loader', params: [named('remix.Arguments')] },
    { exportedAs: 'action', params: [named('remix.Arguments')] },
    { exportedAs: 'onRequest', params: [named('remix.Arguments')] },
    { exportedAs: 'onRequestPost', params: [named('remix.Arguments')] },
    { exportedAs: 'onRequestGet', params: [named('remix.Arguments')] },
    { call: 'global.Deno.serve', params: [named('web.Request')] },
    { call: 'h3.defineEventHandler', params: [named('h3.Event')] },
    { call: 'global.defineEventHandler', params: [named('h3.Event')] },
    { call: 'h3.eventHandler', params: [named('h3.Event')] },
  ],
  sources: [
    ...userSources('web.Context', 'query querystring search url originalUrl path href', 'a request’s query'),
    ...userSources('web.Context', 'headers header hostname host', 'a request’s header'),
    ...userSources('web.Context', 'body message match get()', 'a request’s body'),
    ...userSources('web.Context.cookies', 'get()', 'a cookie'),
    ...userSources(
      'web.Request',
      'query() param() queries() parseBody() valid() params()',
      'a request’s query',
    ),
    ...userSources('web.Request.searchParams', 'get()', 'a request’s query'),
    ...userSources(
      'lambda.Event',
      'body queryStringParameters multiValueQueryStringParameters Records',
      'an event',
    ),
    ...userSources(
      'lambda.Event',
      'headers pathParameters rawPath rawQueryString detail arguments',
      'an event',
    ),
    ...userSources('next.Context', 'query', 'a request’s query'),
    ...userSources('next.Context', 'params', 'a part of the address'),
    ...userSources('web.Context', 'params', 'a part of the address'),
    ...userSources('remix.Arguments', 'params', 'a part of the address'),
    ...userSources(
      'h3',
      'getQuery() readBody() getRouterParam() getRouterParams() getHeader() getCookie()',
      'a request',
    ),
    ...userSources(
      'global',
      'getQuery() readBody() getRouterParam() getRouterParams() readRawBody()',
      'a request',
    ),
    ...userSources('next/headers', 'headers() cookies()', 'a request’s header'),
    ...userSources('next/navigation', 'useSearchParams() useParams()', 'the page’s address'),
    ...userSources('next/router', 'useRouter().query useRouter().asPath', 'the page’s address'),
    ...userSources(
      'react-router-dom',
      'useParams() useSearchParams() useLocation().search useLocation().hash',
      'the page’s address',
    ),
    ...userSources('react-router', 'useParams() useSearchParams()', 'the page’s address'),
    ...userSources('vue-router', 'useRoute().query useRoute().params useRoute().hash', 'the page’s address'),
    ...userSources(
      '@angular/router',
      'ActivatedRoute.snapshot ActivatedRoute.queryParams ActivatedRoute.params',
      'the page’s address',
    ),
  ],
  same: {
    ...aliases(
      'web.ContextApp',
      'koa koa() koa-router koa-router() @koa/router @koa/router() hono.Hono hono/tiny.Hono',
    ),
    ...aliases(
      'web.ContextApp',
      'oak.Application oak.Router elysia.Elysia web.ContextApp.use() web.ContextApp.get()',
    ),
    ...aliases('web.Context', 'koa.Context koa.ParameterizedContext hono.Context egg.Context oak.Context'),
    ...aliases(
      'web.Request',
      'web.Context.request web.Context.req next.Context.req remix.Arguments.request h3.Event.req',
    ),
    ...aliases('web.Response', 'web.Context.response web.Context.res next.Context.res web.Context.set'),
  },
};
