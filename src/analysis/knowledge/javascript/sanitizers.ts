import type { Category } from '../../category.ts';
import type { SanitizerSpec } from '../../flow/index.ts';
import type { KnowledgePart } from './part.ts';

function safe(safeFor: readonly Category[] | 'all', calls: string): SanitizerSpec[] {
  return calls.split(' ').map(call => ({ call, safeFor }));
}

function guard(safeFor: readonly Category[] | 'all', calls: string): SanitizerSpec[] {
  return calls.split(' ').map(call => ({ call, safeFor, as: 'guard' as const }));
}

/** What takes the danger out, and what holds none to begin with. */
export const sanitizers: KnowledgePart = {
  sanitizers: [
    ...safe(['xss'], 'global.Text#.withoutTags'),
    ...safe(['sql-injection'], 'global.Text#.withoutQuotes'),
    ...safe(['path-traversal'], 'global.Text#.withoutClimbing'),
    ...safe('all', 'global.Text#.ofPlainLetters'),
    ...safe(
      ['xss'],
      'dompurify.sanitize isomorphic-dompurify.sanitize global.DOMPurify.sanitize dompurify().sanitize sanitize-html ' +
        'xss xss.filterXSS xss.process escape-html he.encode he.escape lodash.escape validator.escape html-escaper.escape ' +
        'entities.encode entities.escape entities.encodeHTML entities.escapeUTF8 html-entities.encode insane ' +
        'global.encodeURIComponent global.encodeURI global.escape global.CSS.escape handlebars.escapeExpression ' +
        'handlebars.Utils.escapeExpression mustache.escape global.Handlebars.escapeExpression ' +
        'global.DOMParser.parseFromString serialize-javascript jsesc ' +
        '**.sanitize **.escapeHtml **.escapeHTML **.htmlEscape **.encodeHTML **.sanitizeHtml **.sanitizeHTML',
    ),
    ...safe(
      ['path-traversal'],
      'path.basename sanitize-filename global.encodeURIComponent filenamify slugify',
    ),
    ...safe(['path-traversal'], '**.toISOString validator.isAlphanumeric'),
    ...safe(['ssrf'], 'global.encodeURIComponent path.basename'),
    ...safe(
      ['sql-injection'],
      'mysql.escape mysql.escapeId mysql.format mysql2.escape mysql2.escapeId mysql2.format sqlstring.escape sqlstring.escapeId ' +
        'sqlstring.format pg-format pg.escapeLiteral pg.escapeIdentifier mysql.Connection.escape mysql.Connection.escapeId ' +
        'pg.Client.escapeLiteral pg.Client.escapeIdentifier sequelize.Sequelize.escape **.escapeId **.escapeLiteral ' +
        '**.escapeIdentifier mongo-sanitize express-mongo-sanitize.sanitize sql-template-strings **.escape ' +
        'mongoose.Types.ObjectId mongodb.ObjectId mongodb.ObjectID bson.ObjectId mongoose.Types.ObjectId() global.String',
    ),
    ...safe(
      ['command-injection'],
      'shell-quote.quote shell-escape shescape.quote shescape.escape shlex.quote any-shell-escape',
    ),
    ...safe(['prototype-pollution'], 'global.Object.create'),
    ...safe(
      ['other'],
      'lodash.escapeRegExp escape-string-regexp global.RegExp.escape **.escapeRegExp **.escapeRegex',
    ),
    ...safe(
      'all',
      'zod.object().parse joi.object().validate crypto.createHash().update().digest uuid.v4 uuid.v1 nanoid.nanoid ' +
        'crypto.randomUUID global.crypto.randomUUID crypto.randomBytes ' +
        'bcrypt.hash bcrypt.hashSync bcryptjs.hash bcryptjs.hashSync argon2.hash',
    ),
  ],
  harmless: (
    'global.Number global.parseInt global.parseFloat global.Boolean global.isNaN global.isFinite global.BigInt ' +
    'global.Number.parseInt global.Number.parseFloat global.Number.isInteger global.Date.now global.Date.parse ' +
    'global.Math.floor global.Math.ceil global.Math.round global.Math.min global.Math.max global.Math.abs global.Math.random ' +
    'global.Array.isArray global.Date.getTime global.Date.toISOString global.RegExp.test fs.existsSync fs.statSync ' +
    'path.isAbsolute path.extname bcrypt.compare bcrypt.compareSync bcryptjs.compare crypto.timingSafeEqual ' +
    'crypto.randomInt uuid.validate global.Object.is **.indexOf **.lastIndexOf **.charCodeAt **.codePointAt **.includes ' +
    '**.startsWith **.endsWith **.hasOwnProperty **.localeCompare **.getTime **.countDocuments **.isInteger ' +
    'os.tmpdir os.hostname os.platform os.cpus global.process.cwd global.process.hrtime'
  ).split(' '),
  transparent: {},
};

/** Tests that let only harmless values through. */
export const guards: KnowledgePart = {
  sanitizers: [
    ...guard(
      'all',
      'validator.isUUID validator.isInt validator.isNumeric validator.isAlphanumeric validator.isAlpha uuid.validate',
    ),
    ...guard(
      'all',
      'global.Number.isInteger global.Number.isFinite global.Number.isSafeInteger global.isFinite',
    ),
    ...guard(
      'all',
      'mongoose.Types.ObjectId.isValid mongoose.isValidObjectId mongodb.ObjectId.isValid global.RegExp.test',
    ),
    ...guard(['path-traversal'], 'is-path-inside path-is-inside validator.isBase64'),
  ],
};
