import { builtinNames } from './builtins.ts';

/** Modules that are others under another name; the longest front of a path counts. */
const MODULES: ReadonlyMap<string, string> = new Map([
  ['__builtin__', 'builtins'],
  ['__builtins__', 'builtins'],
  ['posix', 'os'],
  ['nt', 'os'],
  ['posixpath', 'os.path'],
  ['ntpath', 'os.path'],
  ['cPickle', 'pickle'],
  ['_pickle', 'pickle'],
  ['pickle5', 'pickle'],
  ['six.moves.cPickle', 'pickle'],
  ['six.moves.urllib', 'urllib'],
  ['six.moves.http_client', 'http.client'],
  ['httplib', 'http.client'],
  ['Cryptodome', 'Crypto'],
  ['simplejson', 'json'],
  ['ujson', 'json'],
  ['xml.etree.cElementTree', 'xml.etree.ElementTree'],
  ['_elementtree', 'xml.etree.ElementTree'],
  ['ruamel_yaml', 'ruamel.yaml'],
  ['requests.packages.urllib3', 'urllib3'],
  ['asyncio.subprocess', 'asyncio'],
  ['asyncio.events', 'asyncio'],
  ['flask.globals', 'flask'],
  ['flask.wrappers', 'flask'],
  ['flask.app', 'flask'],
  ['flask.helpers', 'flask'],
  ['flask.templating', 'flask'],
  ['quart', 'flask'],
  ['fastapi.requests', 'starlette.requests'],
  ['fastapi.responses', 'starlette.responses'],
  ['fastapi.websockets', 'starlette.websockets'],
  ['fastapi.applications', 'fastapi'],
  ['fastapi.routing', 'fastapi'],
  ['fastapi.templating', 'starlette.templating'],
  ['fastapi.middleware', 'starlette.middleware'],
  ['django.http.request', 'django.http'],
  ['django.http.response', 'django.http'],
  ['django.utils.six.moves.urllib', 'urllib'],
  ['django.core.handlers.wsgi', 'django.http'],
  ['django.views.generic.base', 'django.views.generic'],
  ['django.views.generic.edit', 'django.views.generic'],
  ['django.views.generic.list', 'django.views.generic'],
  ['django.views.generic.detail', 'django.views.generic'],
  ['django.db.models.expressions', 'django.db.models'],
  ['sqlalchemy.sql.expression', 'sqlalchemy'],
  ['sqlalchemy.sql.elements', 'sqlalchemy'],
  ['sqlalchemy.sql', 'sqlalchemy'],
  ['sqlalchemy.orm.session', 'sqlalchemy.orm'],
  ['sqlalchemy.ext.asyncio.session', 'sqlalchemy.ext.asyncio'],
  ['jinja2.environment', 'jinja2'],
  ['jinja2.loaders', 'jinja2'],
  ['jinja2.utils', 'markupsafe'],
  ['werkzeug.utils', 'werkzeug'],
  ['werkzeug.security', 'werkzeug'],
  ['requests.api', 'requests'],
  ['requests.sessions', 'requests'],
  ['sklearn.externals.joblib', 'joblib'],
  ['pandas.io.pickle', 'pandas'],
  ['paramiko.client', 'paramiko'],
  ['aiohttp.client', 'aiohttp'],
  ['aiohttp.web_request', 'aiohttp.web'],
  ['aiohttp.web_response', 'aiohttp.web'],
  ['pymongo.mongo_client', 'pymongo'],
  ['psycopg2.extensions', 'psycopg2'],
  ['pymysql.connections', 'pymysql'],
]);

/** Members that have a better-known name. */
const MEMBERS: ReadonlyMap<string, string> = new Map([
  ['io.open', 'builtins.open'],
  ['flask.Markup', 'markupsafe.Markup'],
  ['flask.escape', 'markupsafe.escape'],
  ['flask.safe_join', 'werkzeug.safe_join'],
  ['jinja2.Markup', 'markupsafe.Markup'],
  ['jinja2.escape', 'markupsafe.escape'],
  ['fastapi.Request', 'starlette.requests.Request'],
  ['fastapi.WebSocket', 'starlette.websockets.WebSocket'],
  ['fastapi.Response', 'starlette.responses.Response'],
  ['django.http.WSGIRequest', 'django.http.HttpRequest'],
  ['django.template.base.Template', 'django.template.Template'],
  ['os.getcwdb', 'os.getcwd'],
  ['os.environb', 'os.environ'],
  ['urllib2.urlopen', 'urllib.request.urlopen'],
  ['urllib2.Request', 'urllib.request.Request'],
  ['urllib.urlopen', 'urllib.request.urlopen'],
  ['urllib.urlretrieve', 'urllib.request.urlretrieve'],
  ['urllib.quote', 'urllib.parse.quote'],
  ['urllib.quote_plus', 'urllib.parse.quote_plus'],
  ['urllib.urlencode', 'urllib.parse.urlencode'],
  ['urllib.unquote', 'urllib.parse.unquote'],
  ['pipes.quote', 'shlex.quote'],
  ['cgi.escape', 'html.escape'],
  ['sqlalchemy.engine.create_engine', 'sqlalchemy.create_engine'],
]);

/** Stands for the framework that gets what a route's function returns; no name a program can have. */
export const RESPONSE = '(response)';

/** The path of a name that no import or assignment of the file declares. */
export function globalPath(name: string): string | undefined {
  if (name === '__builtins__') return 'builtins';
  if (name === RESPONSE) return `builtins.${RESPONSE}`;
  return builtinNames.has(name) ? `builtins.${name}` : undefined;
}

/** The path of a module; `undefined` for relative ones. */
export function modulePath(specifier: string): string | undefined {
  if (specifier.startsWith('.')) return undefined;
  let front = specifier;
  for (;;) {
    const better = MODULES.get(front);
    if (better !== undefined) return better + specifier.slice(front.length);
    const dot = front.lastIndexOf('.');
    if (dot < 0) return specifier;
    front = front.slice(0, dot);
  }
}

/** The path of a member, by its better-known name where it has one. */
export function memberPath(base: string, key: string): string {
  const path = `${base}.${key}`;
  return MEMBERS.get(path) ?? MODULES.get(path) ?? path;
}
