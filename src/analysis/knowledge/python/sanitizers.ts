import type { Category } from '../../category.ts';
import type { SanitizerSpec } from '../../flow/index.ts';

function results(calls: string, ...safeFor: Category[]): SanitizerSpec[] {
  return calls.split(/\s+/).map(call => ({ call, as: 'result', safeFor }));
}

function guards(calls: string, ...safeFor: Category[]): SanitizerSpec[] {
  return calls.split(/\s+/).map(call => ({ call, as: 'guard', safeFor }));
}

/** What takes the danger out of text. */
export const sanitizers: readonly SanitizerSpec[] = [
  ...results(
    'shlex.quote pipes.quote mslex.quote oslex.quote shlex.join subprocess.list2cmdline',
    'command-injection',
  ),
  ...results('os.path.basename ntpath.basename', 'path-traversal'),
  ...results('werkzeug.secure_filename werkzeug.safe_join', 'path-traversal'),
  ...results(
    'django.utils._os.safe_join django.utils.text.get_valid_filename pathvalidate.sanitize_filename slugify.slugify django.utils.text.slugify',
    'path-traversal',
    'xss',
    'command-injection',
  ),
  ...results(
    'html.escape markupsafe.escape markupsafe.Markup.escape django.utils.html.escape django.utils.html.conditional_escape ' +
      'xml.sax.saxutils.escape xml.sax.saxutils.quoteattr bleach.clean nh3.clean django.utils.html.strip_tags tornado.escape.xhtml_escape ' +
      'django.utils.html.format_html django.template.defaultfilters.escape lxml.html.clean.clean_html flask.render_template ' +
      'django.utils.html.escapejs bottle.html_escape webob.html_escape',
    'xss',
  ),
  ...results('flask.jsonify json.dumps flask.json.dumps ujson.dumps orjson.dumps', 'xss'),
  ...results(
    'urllib.parse.quote urllib.parse.quote_plus urllib.parse.urlencode flask.url_for django.urls.reverse',
    'xss',
    'ssrf',
    'path-traversal',
    'command-injection',
  ),
  ...results(
    'ldap.filter.escape_filter_chars ldap.dn.escape_dn_chars ldap3.utils.conv.escape_filter_chars ldap3.utils.dn.escape_rdn',
    'sql-injection',
  ),
  ...results(
    'psycopg2.sql.Identifier psycopg2.sql.Literal psycopg.sql.Identifier psycopg.sql.Literal psycopg2.extensions.quote_ident MySQLdb.escape_string pymysql.escape_string pymysql.converters.escape_string bson.ObjectId',
    'sql-injection',
  ),
  ...results('**.escape_string **.quote_name **.quote_identifier **.mogrify', 'sql-injection'),
  ...results('re.escape', 'other', 'sql-injection'),
  ...results('ast.literal_eval json.loads', 'code-eval', 'deserialization'),
  ...results(
    'hashlib.*.hexdigest uuid.UUID',
    'sql-injection',
    'path-traversal',
    'command-injection',
    'xss',
    'ssrf',
    'code-eval',
  ),
  ...guards(
    'django.utils.http.url_has_allowed_host_and_scheme django.utils.http.is_safe_url **.is_safe_url **.is_safe_redirect',
    'ssrf',
  ),
  ...guards('**.is_relative_to', 'path-traversal'),
];
