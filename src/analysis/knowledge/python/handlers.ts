import type { HandlerParameter, HandlerSpec } from '../../flow/index.ts';

const user = (what: string): HandlerParameter => ({ level: 'user', what });
const pathPart = user('a part of the request’s path');
const argument = user('a request’s argument');
const message = user('a message');
const option: HandlerParameter = { level: 'local', what: 'an option of the command line' };

/** Every parameter is the same. */
function decorated(decorators: string, rest: HandlerParameter): HandlerSpec[] {
  return decorators.split(' ').map(decorator => ({ decorator, params: [], rest }));
}

const verbs = 'get post put delete patch head options'.split(' ');

function methods(
  bases: string,
  names: readonly string[],
  first: string | undefined,
  rest: HandlerParameter,
): HandlerSpec[] {
  return bases.split(' ').flatMap(base =>
    names.map(name => ({
      method: { base, name },
      params: first === undefined ? [] : [{ path: first }],
      rest,
    })),
  );
}

const flaskRoutes = ['flask.Flask', 'flask.Blueprint'].flatMap(of =>
  ['route', ...verbs].map(name => `${of}.${name}`),
);
const fastRoutes = ['fastapi.FastAPI', 'fastapi.APIRouter'].flatMap(of =>
  ['api_route', 'websocket', 'route', ...verbs].map(name => `${of}.${name}`),
);

/** Functions that someone outside calls. */
export const handlers: readonly HandlerSpec[] = [
  ...decorated(flaskRoutes.join(' '), pathPart),
  ...decorated(fastRoutes.join(' '), argument),
  ...decorated(
    '**.route **.api_route **.websocket bottle.route bottle.get bottle.post bottle.put bottle.delete bottle.Bottle.route bottle.Bottle.get bottle.Bottle.post cherrypy.expose',
    pathPart,
  ),
  ...decorated('**.get **.post **.put **.delete ?.patch', argument),
  ...['sanic.Sanic', 'sanic.Blueprint'].flatMap(of =>
    ['route', 'websocket', ...verbs].map(
      (name): HandlerSpec => ({
        decorator: `${of}.${name}`,
        params: [{ path: 'sanic.request.Request' }],
        rest: pathPart,
      }),
    ),
  ),
  ...verbs.concat('view').map(
    (name): HandlerSpec => ({
      decorator: `aiohttp.web.RouteTableDef.${name}`,
      params: [{ path: 'aiohttp.web.Request' }],
    }),
  ),
  {
    decorator: 'pyramid.view.view_config',
    params: [{ path: 'pyramid.request.Request' }, { path: 'pyramid.request.Request' }],
  },
  {
    decorator: 'rest_framework.decorators.api_view',
    params: [{ path: 'rest_framework.request.Request' }],
    rest: pathPart,
  },
  ...methods(
    'django.views.View django.views.generic.View django.views.generic.TemplateView django.views.generic.FormView View TemplateView ListView DetailView CreateView UpdateView',
    verbs.concat('dispatch'),
    'django.http.HttpRequest',
    pathPart,
  ),
  ...methods(
    'rest_framework.views.APIView APIView GenericAPIView ViewSet ModelViewSet',
    [...verbs, 'list', 'create', 'retrieve', 'update', 'destroy'],
    'rest_framework.request.Request',
    pathPart,
  ),
  ...methods(
    'flask.views.MethodView MethodView flask_restful.Resource flask_restx.Resource Resource',
    verbs,
    undefined,
    pathPart,
  ),
  ...methods('tornado.web.RequestHandler RequestHandler', verbs, undefined, pathPart),
  ...methods('tornado.websocket.WebSocketHandler WebSocketHandler', ['on_message'], undefined, message),
  ...methods('aiohttp.web.View', verbs, undefined, undefined),
  ...verbs.map(
    (verb): HandlerSpec => ({
      method: { base: '**', name: `on_${verb}` },
      params: [{ path: 'falcon.Request' }, { path: 'falcon.Response' }],
      rest: pathPart,
    }),
  ),
  // Functions handed to routers.
  ...'flask.Flask.add_url_rule ?.add_url_rule'.split(' ').map(call => ({ call, params: [], rest: pathPart })),
  ...'?.add_get ?.add_post ?.add_put ?.add_delete ?.add_route aiohttp.web.get aiohttp.web.post aiohttp.web.put aiohttp.web.delete'
    .split(' ')
    .map(call => ({ call, params: [{ path: 'aiohttp.web.Request' }] })),
  ...'django.urls.path django.urls.re_path django.conf.urls.url'
    .split(' ')
    .map(call => ({ call, params: [{ path: 'django.http.HttpRequest' }], rest: pathPart })),
  { call: 'starlette.routing.Route', params: [{ path: 'starlette.requests.Request' }] },
  // Command lines.
  ...decorated('click.command click.group typer.Typer.command **.command click.Group.command', option),
  // Messages, events, tasks.
  ...decorated(
    '**.on **.on_event **.event flask_socketio.SocketIO.on socketio.Client.on socketio.AsyncServer.on socketio.Server.on',
    message,
  ),
  ...decorated('**.message_handler **.callback_query_handler **.on_message', message),
  ...decorated('discord.ext.commands.command discord.ext.commands.Bot.command', message),
  {
    call: 'pika.BlockingConnection.channel().basic_consume',
    params: [undefined, undefined, undefined, message],
  },
  { call: 'paho.mqtt.client.Client.message_callback_add', params: [undefined, undefined, message] },
  { call: 'websockets.serve', params: [{ path: 'websockets.WebSocketClientProtocol' }] },
  { call: 'asyncio.start_server', params: [{ path: 'asyncio.StreamReader' }] },
  // Cloud functions.
  { exportedAs: 'lambda_handler', params: [user('the event')] },
  { parameterNames: ['event', 'context'], params: [user('the event')] },
  { decorator: 'functions_framework.http', params: [{ path: 'flask.request' }] },
  { decorator: 'functions_framework.cloud_event', params: [user('the event')] },
  { decorator: 'azure.functions.FunctionApp.route', params: [{ path: 'django.http.HttpRequest' }] },
  // WSGI.
  { parameterNames: ['environ', 'start_response'], params: [user('the request’s environment')] },
  // Views of Django, aiohttp and others that are functions of a request.
  { parameterNames: ['request'], params: [{ path: 'django.http.HttpRequest' }], rest: pathPart },
  { parameterNames: ['req', 'resp'], params: [{ path: 'falcon.Request' }] },
  // Model Context Protocol tools are called with what a model makes up.
  ...decorated('mcp.server.fastmcp.FastMCP.tool fastmcp.FastMCP.tool **.tool', user('a tool’s argument')),
];
