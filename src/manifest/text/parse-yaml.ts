import * as yaml from 'yaml';
import {
  type ManifestNode,
  type ManifestProperty,
  maxDepth,
  type ParsedText,
  type Span,
  sizeOf,
  type TextProblem,
} from './node.ts';

/** More values than any manifest has; what aliases multiply beyond is refused. */
const maxValues = 20_000;

/** Reads the first document of a YAML 1.2 text. Broken text gives as much of a tree as there is. */
export function parseYaml(text: string): ParsedText {
  const deep = findTooDeep(text);
  if (deep !== undefined) return { root: undefined, problems: [deep] };
  const document = yaml.parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  const problems = document.errors.map((error): TextProblem => {
    const message = `${error.message.replace(/\s+/gu, ' ').replace(/\.$/u, '')}.`;
    return { code: 'SYNTAX', start: error.pos[0], end: error.pos[1], message };
  });
  const build = new TreeBuilder();
  const root = document.contents === null ? undefined : build.node(document.contents, { start: 0, end: 0 });
  return { root, problems: [...problems, ...build.problems] };
}

/** The composer descends recursively, the parser does not: so the parser's own stack is watched first. */
function findTooDeep(text: string): TextProblem | undefined {
  const parser = new yaml.Parser();
  for (const lexeme of new yaml.Lexer().lex(text)) {
    const start = parser.offset;
    for (const _token of parser.next(lexeme)) void _token;
    // The stack also holds the document and the scalar at hand.
    if (parser.stack.length > maxDepth + 2) {
      return {
        code: 'DEPTH',
        start,
        end: start + lexeme.length,
        message: `Nested deeper than ${maxDepth} levels.`,
      };
    }
  }
  return undefined;
}

class TreeBuilder {
  readonly problems: TextProblem[] = [];
  readonly #anchors = new Map<string, ManifestNode>();
  #values = 0;
  #refused = false;

  /** @param missing where to place a value that has no text, such as the one after `key:`. */
  node(source: unknown, missing: Span): ManifestNode {
    if (yaml.isAlias(source)) return this.#alias(source, missing);
    const built = this.#build(source, missing);
    // The anchor is known only once its node is finished, so that no node can hold itself.
    if (yaml.isNode(source) && 'anchor' in source && source.anchor !== undefined)
      this.#anchors.set(source.anchor, built);
    return built;
  }

  #build(source: unknown, missing: Span): ManifestNode {
    this.#values++;
    if (yaml.isSeq(source)) {
      const span = spanOf(source, missing);
      const items = source.items.map(item => this.node(item, span));
      return { ...span, kind: 'array', items, size: sizeOf(items) };
    }
    if (yaml.isMap(source)) {
      const span = spanOf(source, missing);
      const properties = source.items.flatMap(pair => this.#property(pair, span));
      return {
        ...span,
        kind: 'object',
        properties,
        size: sizeOf(properties.map(property => property.value)),
      };
    }
    // A tagged list such as `!!omap` may hold bare pairs.
    if (yaml.isPair(source)) {
      const properties = this.#property(source, missing);
      return {
        ...missing,
        kind: 'object',
        properties,
        size: sizeOf(properties.map(property => property.value)),
      };
    }
    if (!yaml.isScalar(source)) return { ...missing, kind: 'scalar', value: null, size: 1 };
    return { ...spanOf(source, missing), kind: 'scalar', value: scalarOf(source), size: 1 };
  }

  #property(pair: yaml.Pair<unknown, unknown>, missing: Span): ManifestProperty[] {
    const keySpan = spanOf(pair.key, missing);
    const key = yaml.isAlias(pair.key) ? this.node(pair.key, missing) : undefined;
    const name =
      key?.kind === 'scalar' ? String(key.value) : yaml.isScalar(pair.key) ? keyText(pair.key) : undefined;
    if (name === undefined) {
      this.problems.push({
        ...keySpan,
        code: 'KEY',
        message: 'A key must be a plain word, not a list or an object.',
      });
      return [];
    }
    return [{ key: name, keySpan, value: this.node(pair.value, { start: keySpan.end, end: keySpan.end }) }];
  }

  #alias(source: yaml.Alias.Parsed | yaml.Alias, missing: Span): ManifestNode {
    const span = spanOf(source, missing);
    const target = this.#anchors.get(source.source);
    const nothing: ManifestNode = { ...span, kind: 'scalar', value: null, size: 1 };
    if (target === undefined) {
      this.problems.push({
        ...span,
        code: 'ALIAS',
        message: `\`*${source.source}\` names no finished anchor before it.`,
      });
      return nothing;
    }
    this.#values += target.size;
    if (this.#values <= maxValues) return target;
    if (!this.#refused)
      this.problems.push({
        ...span,
        code: 'ALIAS',
        message: `Its aliases stand for more than ${maxValues} values.`,
      });
    this.#refused = true;
    return nothing;
  }
}

function spanOf(source: unknown, missing: Span): Span {
  const range = yaml.isNode(source) ? source.range : undefined;
  return range === null || range === undefined ? missing : { start: range[0], end: range[1] };
}

function keyText(key: yaml.Scalar): string {
  return key.value === null ? '' : String(key.source ?? key.value);
}

function scalarOf(scalar: yaml.Scalar): string | number | boolean | null {
  const value = scalar.value;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  // Explicit tags can make dates and bytes; a manifest has no use for them, their text stays.
  return scalar.source ?? null;
}
