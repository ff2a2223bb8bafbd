import { createLineMap, type Range } from '../../base/index.ts';

/** Where packages come from. */
export type Ecosystem = 'npm' | 'python' | 'go' | 'cargo';

/** A package that a plugin uses at run time. */
export interface UsedPackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Absolute path of the file that lists it. */
  readonly file: string;
  readonly range: Range;
}

/** The files that list packages, by their names. */
export const packageFiles = [
  'package.json',
  'requirements.txt',
  'pyproject.toml',
  'go.mod',
  'Cargo.toml',
] as const;

/** Longest file that is read, and longest line in one: patterns cost more the longer a line is. */
const MAX_LENGTH = 1024 * 1024;
const MAX_LINE = 1000;

/**
 * The packages that a file beside a manifest lists; not those for development, and not the SDK, which brings nothing of
 * its own. What can't be read lists none.
 *
 * @param file absolute path; its name says what it is
 */
export function readPackages(file: string, text: string): readonly UsedPackage[] {
  if (text.length > MAX_LENGTH) return [];
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const lines = createLineMap(text);
  const packageAt =
    (ecosystem: Ecosystem) =>
    ({ name, start }: Named): UsedPackage => ({
      ecosystem,
      name,
      file,
      range: lines.rangeOf(start, start + name.length),
    });
  const own = ({ name }: UsedPackage): boolean => !/^plugin[-_]workbench(?:\.dev|$)/u.test(name);
  const all = (): readonly UsedPackage[] => {
    switch (name) {
      case 'package.json':
        return inPackageJson(text).map(packageAt('npm'));
      case 'requirements.txt':
        return linesOf(text).flatMap(requirement).map(packageAt('python'));
      case 'pyproject.toml':
        return inPyproject(text).map(packageAt('python'));
      case 'go.mod':
        return inGoMod(text).map(packageAt('go'));
      case 'Cargo.toml':
        return inCargo(text).map(packageAt('cargo'));
      default:
        return [];
    }
  };
  return all().filter(own);
}

/** A folder beside the plugin's, or in it: its source is looked at where it lies. */
function isLocal(version: string): boolean {
  return /^(?:file|link|portal|workspace):/u.test(version);
}

interface Named {
  readonly name: string;
  readonly start: number;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function inPackageJson(text: string): Named[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch {
    return [];
  }
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap(list => {
    const listed = isRecord(value) ? value[list] : undefined;
    if (!isRecord(listed)) return [];
    const from = Math.max(0, text.indexOf(JSON.stringify(list)));
    const names = Object.keys(listed).filter(name => !isLocal(String(listed[name])));
    return names.map(name => ({
      name,
      start: Math.max(from, text.indexOf(JSON.stringify(name), from)) + 1,
    }));
  });
}

/** After PEP 508; options such as `-r other.txt` and addresses name no package. */
function requirement(line: Line): Named[] {
  return find(line, /^\s*([A-Za-z0-9][\w.-]*)\s*(?:[[<>=!~;@#(]|$)/u);
}

function inPyproject(text: string): Named[] {
  const lines = linesOf(text);
  const project = section(lines, name => name === 'project');
  let isIn = false;
  const listed = project.flatMap(line => {
    if (/^\s*dependencies\s*=\s*\[/u.test(line.text)) isIn = true;
    if (!isIn) return [];
    const after = line.text.indexOf('[') + 1;
    const found = [...line.text.matchAll(/["']([A-Za-z0-9][\w.-]*)[^"']*["']/gu)].map(match => ({
      name: match[1] ?? '',
      start: line.start + match.index + 1,
    }));
    // A bracket within quotes is an extra: `httpx[http2]`.
    if (/\]/u.test(line.text.slice(after).replaceAll(/["'][^"']*["']/gu, ''))) isIn = false;
    return found;
  });
  const poetry = section(lines, name => name === 'tool.poetry.dependencies');
  const named = poetry.flatMap(line => find(line, /^\s*"?([A-Za-z0-9][\w.-]*)"?\s*=/u));
  return [...listed, ...named.filter(({ name }) => name !== 'python')];
}

function inGoMod(text: string): Named[] {
  let isIn = false;
  return linesOf(text).flatMap(line => {
    if (/^\s*require\s*\(/u.test(line.text)) isIn = true;
    else if (/^\s*\)/u.test(line.text)) isIn = false;
    else if (!/\/\/\s*indirect/u.test(line.text))
      return find(line, isIn ? /^\s*([^\s/(][^\s]*)\s+v\S+/u : /^\s*require\s+([^\s(]+)\s+v\S+/u);
    return [];
  });
}

function inCargo(text: string): Named[] {
  const lines = linesOf(text);
  const listed = section(lines, name => /^(?:target\..+\.)?dependencies$/u.test(name));
  return [
    // What lies in the folder of the plugin is its own source.
    ...listed
      .filter(({ text: line }) => !/\bpath\s*=/u.test(line))
      .flatMap(line => find(line, /^\s*"?([\w-]+)"?\s*(?:\.\w+\s*)?=/u)),
    ...lines.flatMap(line => find(line, /^\s*\[dependencies\.([\w-]+)\]/u)),
  ];
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\r\n]+/gu))
    lines.push({ text: match[0].slice(0, MAX_LINE), start: match.index });
  return lines;
}

/** The lines of the TOML tables a name is accepted of. */
function section(lines: readonly Line[], accepts: (name: string) => boolean): Line[] {
  let isOpen = false;
  return lines.filter(line => {
    const header = /^\s*\[+\s*([^\]"']+?)\s*\]+\s*(?:#.*)?$/u.exec(line.text)?.[1];
    if (header !== undefined) isOpen = accepts(header);
    return isOpen && header === undefined;
  });
}

/** The first group of a pattern in a line. */
function find({ text, start }: Line, pattern: RegExp): Named[] {
  const match = pattern.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return [];
  return [{ name, start: start + match.index + match[0].indexOf(name) }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
