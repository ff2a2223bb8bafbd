import type { MappingInput } from '../profiles/profile.ts';
import { besides, type Stated, type Statement } from './statement.ts';

/** What `requirements.txt` says. */
export function readRequirements(input: MappingInput): Statement | undefined {
  return read(input, 'requirements.txt', 'python', lines => ({
    // After PEP 508; options such as `-r other.txt` and addresses name no package.
    packages: lines.flatMap(line => find(line, /^\s*([A-Za-z0-9][\w.-]*)\s*(?:[[<>=!~;@#(]|$)/u)),
  }));
}

/** What `pyproject.toml` says about name and version. */
export function readPyproject(input: MappingInput): Statement | undefined {
  return read(input, 'pyproject.toml', 'python', lines => {
    const project = section(lines, name => name === 'project');
    return { name: field(project, 'name'), version: field(project, 'version'), packages: [] };
  });
}

/** What `go.mod` says: its module, and what it requires directly. */
export function readGoMod(input: MappingInput): Statement | undefined {
  return read(input, 'go.mod', 'go', lines => {
    let inBlock = false;
    const packages = lines.flatMap(line => {
      if (/^\s*require\s*\(/u.test(line.text)) inBlock = true;
      else if (/^\s*\)/u.test(line.text)) inBlock = false;
      else if (!/\/\/\s*indirect/u.test(line.text))
        return find(line, inBlock ? /^\s*([^\s/(][^\s]*)\s+v\S+/u : /^\s*require\s+([^\s(]+)\s+v\S+/u);
      return [];
    });
    return { name: lines.flatMap(line => find(line, /^\s*module\s+"?([^\s"]+)/u))[0], packages };
  });
}

/** What `Cargo.toml` says. */
export function readCargo(input: MappingInput): Statement | undefined {
  return read(input, 'Cargo.toml', 'cargo', lines => {
    const own = section(lines, name => name === 'package');
    const listed = section(lines, name => /^(?:target\..+\.)?dependencies$/u.test(name));
    const tables = lines.flatMap(line => find(line, /^\s*\[dependencies\.([\w-]+)\]/u));
    return {
      name: field(own, 'name'),
      version: field(own, 'version'),
      packages: [...listed.flatMap(line => find(line, /^\s*"?([\w-]+)"?\s*(?:\.\w+\s*)?=/u)), ...tables],
    };
  });
}

/** The patterns cost a power of the length of a line; what lists packages has no longer ones. */
const longestLine = 400;

interface Line {
  readonly text: string;
  readonly number: number;
}

type Content = Pick<Statement, 'name' | 'version' | 'packages'>;

function read(
  input: MappingInput,
  title: string,
  ecosystem: Statement['ecosystem'],
  parse: (lines: readonly Line[]) => Content,
): Statement | undefined {
  const text = input.files.textOf?.(title);
  if (text === undefined) return undefined;
  const lines = text
    .split(/\r\n|\r|\n/u)
    .map((line, number) => ({ text: line.slice(0, longestLine), number }));
  return { file: besides(input, title), title, ecosystem, ...parse(lines) };
}

/** The first group of a pattern in a line. */
function find({ text, number }: Line, pattern: RegExp): Stated[] {
  const match = pattern.exec(text);
  const value = match?.[1];
  if (match === null || value === undefined) return [];
  const character = match.index + match[0].indexOf(value);
  const start = { line: number, character };
  return [{ value, range: { start, end: { line: number, character: character + value.length } } }];
}

/** The lines of the TOML tables a name is accepted of. */
function section(lines: readonly Line[], accepts: (name: string) => boolean): Line[] {
  let isOpen = false;
  return lines.filter(line => {
    const header = /^\s*\[+\s*([^\]]+?)\s*\]/u.exec(line.text)?.[1];
    if (header !== undefined) isOpen = accepts(header);
    return isOpen && header === undefined;
  });
}

function field(lines: readonly Line[], key: string): Stated | undefined {
  return lines.flatMap(line => find(line, new RegExp(`^\\s*${key}\\s*=\\s*["']([^"']*)["']`, 'u')))[0];
}
