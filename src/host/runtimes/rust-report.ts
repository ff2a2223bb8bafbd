import path from 'node:path';
import * as v from 'valibot';
import type { BuildProblem } from '../builds/index.ts';

/** What `cargo build --message-format=json` tells while it works. */
export interface CargoReport {
  /** Takes one line of its standard output. */
  take(line: string): void;
  /** The compiler's errors, in order and without repetition. */
  readonly errors: readonly BuildProblem[];
  /** The compiler's warnings, as it would print them. */
  readonly warnings: readonly string[];
  /** The programs that were built, or were there from before. */
  readonly programs: readonly RustProgram[];
  /** False when it gave up before it compiled anything. */
  readonly hasCompiled: boolean;
}

/** A program that Cargo has built. */
export interface RustProgram {
  readonly name: string;
  /** The file it begins with, as the build sees it. */
  readonly source: string;
  readonly file: string;
}

const span = v.object({
  file_name: v.string(),
  line_start: v.number(),
  column_start: v.number(),
  is_primary: v.boolean(),
  expansion: v.optional(v.nullable(v.object({ span: v.unknown() }))),
});

type Span = v.InferOutput<typeof span>;

const compilerMessage = v.object({
  reason: v.literal('compiler-message'),
  message: v.object({
    level: v.string(),
    message: v.string(),
    code: v.nullable(v.object({ code: v.string() })),
    spans: v.array(span),
    children: v.array(v.object({ level: v.string(), message: v.string() })),
    rendered: v.nullable(v.string()),
  }),
});

const artifact = v.object({
  reason: v.literal('compiler-artifact'),
  target: v.object({ name: v.string(), kind: v.array(v.string()), src_path: v.string() }),
  executable: v.nullable(v.string()),
});

const message = v.union([
  compilerMessage,
  artifact,
  v.object({ reason: v.picklist(['build-script-executed', 'build-finished']) }),
]);

/**
 * Reads the messages of Cargo, from the documentation of its external tools and of rustc's JSON output.
 *
 * @param laidOut the folder that was built, absolute
 * @param root the folder it stands for: places are told there
 */
export function createCargoReport(laidOut: string, root: string): CargoReport {
  const errors = new Map<string, BuildProblem>();
  const warnings = new Set<string>();
  const programs: RustProgram[] = [];
  let hasCompiled = false;

  function takeCompilerMessage({ level, message, code, spans, children, rendered }: CompilerMessage): void {
    if (level === 'warning' && spans.length > 0 && rendered !== null) warnings.add(rendered.trimEnd());
    // The last one only counts the others.
    if (!level.startsWith('error') || /^aborting due to|^could not compile/.test(message)) return;
    const place = locate(spans, laidOut, root);
    const notes = children.map(child => `${child.level}: ${child.message}`);
    const text = [code === null ? message : `${message} [${code.code}]`, ...(place ? [] : notes)].join('\n');
    const problem = place === undefined ? { message: text } : { message: text, location: place };
    errors.set(JSON.stringify(problem), problem);
  }

  return {
    take: line => {
      const decoded = v.safeParse(message, parse(line));
      if (!decoded.success) return;
      hasCompiled = true;
      const { output } = decoded;
      if (output.reason === 'compiler-message') takeCompilerMessage(output.message);
      else if (output.reason === 'compiler-artifact') {
        const { target, executable } = output;
        if (executable === null || !target.kind.includes('bin')) return;
        programs.push({ name: target.name, source: target.src_path, file: executable });
      }
    },
    get errors() {
      return [...errors.values()];
    },
    get warnings() {
      return [...warnings];
    },
    programs,
    get hasCompiled() {
      return hasCompiled;
    },
  };
}

type CompilerMessage = v.InferOutput<typeof compilerMessage>['message'];

/** The place in the plugin's own files; for an error within a macro of others, where it was used. */
function locate(spans: readonly Span[], laidOut: string, root: string): BuildProblem['location'] {
  for (const primary of spans.filter(one => one.is_primary)) {
    let at: Span | undefined = primary;
    while (at !== undefined) {
      const file = path.resolve(laidOut, at.file_name);
      const inside = path.relative(laidOut, file);
      if (!inside.startsWith('..') && !path.isAbsolute(inside)) {
        return { file: path.join(root, inside), line: at.line_start, column: at.column_start };
      }
      const outer: unknown = at.expansion?.span;
      const next = v.safeParse(span, outer);
      at = next.success ? next.output : undefined;
    }
  }
  return undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * What Cargo itself complains about: a manifest, a package that is not there.
 *
 * @param output its stderr
 * @returns one problem, with its causes in the message
 */
export function readCargoError(output: string, laidOut: string, root: string): BuildProblem {
  const begin = output.search(/^error: /m);
  const text = (begin < 0 ? output : output.slice(begin + 'error: '.length)).replaceAll(laidOut, root).trim();
  const arrow = /^\s*--> (.+):(\d+):(\d+)$/m.exec(text);
  const file = arrow?.[1] ?? /(?:manifest at|parse) `([^`]*Cargo\.toml)`/.exec(text)?.[1];
  const place = arrow ?? /at line (\d+),? column (\d+)/.exec(text);
  const said = text
    .split('\n')
    .filter(line => !/^\s*(-->|\d*\s*\||$)/.test(line))
    .join('\n');
  if (file === undefined || place === null) return { message: said || 'it gave no reason' };
  const [row, column] = place.slice(-2).map(Number) as [number, number];
  return { message: said, location: { file: path.resolve(root, file), line: row, column } };
}
