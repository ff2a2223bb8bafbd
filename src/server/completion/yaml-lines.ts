import type { SourcePath } from '../../manifest/index.ts';

/** A key or a dash that opens something in block YAML. */
interface Opener {
  /** Column of the key or dash. */
  readonly column: number;
  /** The key, or the index of the item. */
  readonly step: string | number;
}

/** The keys and dashes of one line, and what follows them. */
export interface LineParts {
  readonly dashes: readonly number[];
  readonly key: { readonly column: number; readonly name: string; readonly end: number } | undefined;
  /** Column where the value, or a text without a key, begins. */
  readonly restColumn: number;
  readonly rest: string;
}

const KEY =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:'"[\]{},&*!|>%@`-][^#:]*?|-[^\s#:][^#:]*?)[ \t]*:(?=[ \t]|$)/;

/** Takes a line apart. */
export function partsOf(line: string): LineParts {
  const dashes: number[] = [];
  let column = /^ */.exec(line)?.[0].length ?? 0;
  for (;;) {
    const dash = /^-(?: +|$)/.exec(line.slice(column))?.[0];
    if (dash === undefined) break;
    dashes.push(column);
    column += dash.length;
  }
  const match = KEY.exec(line.slice(column));
  if (match?.[1] === undefined)
    return { dashes, key: undefined, restColumn: column, rest: line.slice(column) };
  const end = column + match[0].length;
  const restColumn = end + (/^[ \t]*/.exec(line.slice(end))?.[0].length ?? 0);
  const name = match[1].replace(/^(["'])(.*)\1$/s, '$2');
  return {
    dashes,
    key: { column, name, end: column + match[1].length },
    restColumn,
    rest: line.slice(restColumn),
  };
}

/** Follows the nesting of block YAML from line to line, without needing the text to be whole. */
export class BlockNesting {
  #open: Opener[] = [];
  #blockScalar: number | undefined;
  /** JSON of the path of an object → its keys in order. */
  readonly keys = new Map<string, string[]>();

  get path(): SourcePath {
    return this.#open.map(({ step }) => step);
  }

  /** True when a line is text of a `|` or `>` scalar. */
  isText(line: string): boolean {
    if (this.#blockScalar === undefined) return false;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (line.trim() === '' || indent > this.#blockScalar) return true;
    this.#blockScalar = undefined;
    return false;
  }

  addLine(parts: LineParts): void {
    for (const column of parts.dashes) this.addDash(column);
    if (parts.key === undefined) return;
    this.addKey(parts.key.column, parts.key.name);
    if (/^[|>][-+0-9]*\s*(?:#.*)?$/.test(parts.rest)) this.#blockScalar = parts.key.column;
  }

  addDash(column: number): void {
    this.#close(opener => opener.column > column);
    const top = this.#open.at(-1);
    const isNext = top?.column === column && typeof top.step === 'number';
    if (isNext) this.#open.pop();
    this.#open.push({ column, step: isNext ? Number(top.step) + 1 : 0 });
  }

  addKey(column: number, name: string): void {
    this.enter(column);
    const parent = JSON.stringify(this.path);
    const siblings = this.keys.get(parent);
    if (siblings === undefined) this.keys.set(parent, [name]);
    else siblings.push(name);
    this.#open.push({ column, step: name });
  }

  /** Closes what a key in this column does not belong to. */
  enter(column: number): void {
    this.#close(opener => opener.column >= column);
  }

  /** Begins another document. */
  reset(): void {
    this.#open = [];
    this.keys.clear();
  }

  #close(ends: (opener: Opener) => boolean): void {
    let top = this.#open.at(-1);
    while (top !== undefined && ends(top)) {
      this.#open.pop();
      top = this.#open.at(-1);
    }
  }
}
