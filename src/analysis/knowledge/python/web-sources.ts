import type { SourceSpec } from '../../flow/index.ts';

/** Parts of requests of several frameworks, by what stands in them. */
const parts: readonly { readonly of: string; readonly what: string; readonly names: string }[] = [
  {
    of: 'flask.request',
    what: 'a request’s data',
    names:
      'args form values json data files cookies headers query_string stream path full_path url base_url host host_url ' +
      'referrer user_agent authorization view_args environ get_json() get_data() content_type mimetype',
  },
  {
    of: 'django.http.HttpRequest',
    what: 'a request’s data',
    names:
      'GET POST REQUEST FILES COOKIES META headers body path path_info get_full_path() build_absolute_uri() read() ' +
      'readline() data query_params DATA QUERY_PARAMS json() post() text() form() match_info query query_string rel_url ' +
      'url raw_path content cookies args forms files params matchdict json_body json form_data get_host() get_json() ' +
      'raw_args body_exhaust path_params host stream values param get_param()',
  },
  {
    of: 'rest_framework.request.Request',
    what: 'a request’s data',
    names: 'data query_params GET POST FILES COOKIES META headers body path',
  },
  {
    of: 'starlette.requests.Request',
    what: 'a request’s data',
    names: 'query_params path_params headers cookies body() json() form() url base_url stream() scope',
  },
  {
    of: 'starlette.websockets.WebSocket',
    what: 'a message',
    names:
      'receive_text() receive_json() receive_bytes() receive() iter_text() iter_json() query_params path_params headers',
  },
  { of: 'fastapi.UploadFile', what: 'an uploaded file', names: 'filename file content_type headers read()' },
  {
    of: 'starlette.datastructures.UploadFile',
    what: 'an uploaded file',
    names: 'filename file content_type headers read()',
  },
  {
    of: 'aiohttp.web.Request',
    what: 'a request’s data',
    names:
      'query match_info headers cookies post() json() text() read() rel_url url path path_qs raw_path query_string content multipart() host',
  },
  {
    of: 'tornado.web.RequestHandler',
    what: 'a request’s argument',
    names:
      'get_argument() get_arguments() get_query_argument() get_query_arguments() get_body_argument() get_body_arguments() ' +
      'get_cookie() request path_args path_kwargs',
  },
  {
    of: 'bottle.request',
    what: 'a request’s data',
    names:
      'query forms params json body files cookies headers GET POST get_cookie() get_header() path url query_string urlparts environ',
  },
  {
    of: 'falcon.Request',
    what: 'a request’s data',
    names:
      'params get_param() get_param_as_list() media get_media() stream bounded_stream headers get_header() cookies path uri url query_string',
  },
  {
    of: 'sanic.request.Request',
    what: 'a request’s data',
    names: 'args form json files body headers cookies query_string url path match_info get_args() raw_url',
  },
  {
    of: 'pyramid.request.Request',
    what: 'a request’s data',
    names: 'params GET POST json_body body matchdict cookies headers path url text query_string',
  },
  {
    of: 'cherrypy.request',
    what: 'a request’s data',
    names: 'params json body headers cookie query_string path_info',
  },
  { of: 'webapp2.RequestHandler', what: 'a request’s data', names: 'request' },
  {
    of: 'http.server.BaseHTTPRequestHandler',
    what: 'a request’s data',
    names: 'path headers rfile requestline',
  },
  {
    of: 'http.server.SimpleHTTPRequestHandler',
    what: 'a request’s data',
    names: 'path headers rfile requestline',
  },
  { of: 'socketserver.BaseRequestHandler', what: 'what a client sends', names: 'request' },
  { of: 'socketserver.StreamRequestHandler', what: 'what a client sends', names: 'rfile request' },
  { of: 'cgi.FieldStorage', what: 'a form’s field', names: 'getvalue() getfirst() getlist() value' },
  {
    of: 'socket.socket',
    what: 'what comes from the network',
    names: 'recv() recvfrom() recv_into() recvmsg()',
  },
  {
    of: 'asyncio.StreamReader',
    what: 'what comes from the network',
    names: 'read() readline() readuntil() readexactly()',
  },
  {
    of: 'streamlit',
    what: 'what a visitor enters',
    names: 'text_input() text_area() file_uploader() chat_input()',
  },
];

/** What the users of web applications and services send. */
export const webSources: readonly SourceSpec[] = [
  ...parts.flatMap(({ of, what, names }) =>
    names.split(' ').map((name): SourceSpec => ({ path: `${of}.${name}`, level: 'user', what })),
  ),
  { path: '?.get_json()', level: 'user', what: 'a request’s body' },
  { path: '?.get_query_argument()', level: 'user', what: 'a request’s argument' },
  { path: '?.get_body_argument()', level: 'user', what: 'a request’s argument' },
  { path: 'zipfile.ZipFile.namelist()', level: 'user', what: 'a name in an archive' },
  { path: 'zipfile.ZipFile.infolist()', level: 'user', what: 'an entry of an archive' },
  { path: 'tarfile.TarFile.getnames()', level: 'user', what: 'a name in an archive' },
  { path: 'tarfile.TarFile.getmembers()', level: 'user', what: 'an entry of an archive' },
  { path: 'websockets.WebSocketClientProtocol.recv()', level: 'user', what: 'a message' },
  { path: 'plugin_workbench.Context.plugins.call()', level: 'user', what: 'another plugin’s answer' },
];
