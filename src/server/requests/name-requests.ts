import type { Location, LocationLink, Position, Range } from 'vscode-languageserver/node';
import { createLineMap } from '../../base/index.ts';
import {
  endpointCode,
  type FoundName,
  type NameScope,
  nameInManifest,
  nameInSource,
  type Occurrence,
  occurrencesOf,
  renameEverywhere,
  targetsIn,
} from '../names/index.ts';
import { uriOf } from '../uri.ts';
import type { RequestParts, Subject, Subjects } from './subject.ts';

/** Answers where things are: links, definitions, references, and renames of commands, methods and events. */
export function answerNames(
  { connection, boundary, catalog, sources }: RequestParts,
  subjects: Subjects,
): void {
  const scopeOf = async (): Promise<NameScope> => ({ workspace: await catalog.all(), sources });

  connection.onDocumentLinks(
    boundary.request('links', params => {
      const subject = subjects.manifestOf(params);
      if (subject === undefined) return null;
      const { lines, text } = subject.reading.document;
      return targetsIn(subject).map(({ start, end, file, what }) => ({
        range: lines.rangeOf(...withoutQuotes(text, start, end)),
        target: uriOf(file),
        tooltip: what,
      }));
    }),
  );
  connection.onDefinition(
    boundary.request('definition', async params => {
      const subject = subjects.of(params);
      if (subject === undefined) return null;
      const scope = await scopeOf();
      const target = targetAt(subjects, params);
      if (target !== undefined) return [target];
      const manifest = subjects.manifestOf(params);
      const code =
        manifest === undefined ? [] : endpointCode(manifest, subject.document.offsetAt(params.position));
      if (code.length > 0) return code.map(toLocation);
      const found = findName(subject, params.position, scope);
      return found === undefined ? null : definitionsOf(found, subject.path, scope).map(toLocation);
    }),
  );
  connection.onReferences(
    boundary.request('references', async params => {
      const subject = subjects.of(params);
      if (subject === undefined) return null;
      const scope = await scopeOf();
      const found = findName(subject, params.position, scope);
      if (found === undefined) return null;
      const isWanted = ({ role }: Occurrence): boolean =>
        params.context.includeDeclaration || role !== 'declared';
      return occurrencesOf(found.name, scope).filter(isWanted).map(toLocation);
    }),
  );
  connection.onPrepareRename(
    boundary.request('prepare rename', async params => {
      const subject = subjects.of(params);
      if (subject === undefined) return null;
      const found = findName(subject, params.position, await scopeOf());
      if (found === undefined) return null;
      return { range: rangeIn(subject, found.start, found.end), placeholder: found.name.id };
    }),
  );
  connection.onRenameRequest(
    boundary.request('rename', async params => {
      const subject = subjects.of(params);
      if (subject === undefined) return null;
      const scope = await scopeOf();
      const found = findName(subject, params.position, scope);
      return found === undefined ? null : renameEverywhere(found.name, params.newName, scope);
    }),
  );
}

function targetAt(
  subjects: Subjects,
  params: { textDocument: { uri: string }; position: Position },
): LocationLink | undefined {
  const subject = subjects.manifestOf(params);
  if (subject === undefined) return undefined;
  const { lines } = subject.reading.document;
  const offset = lines.offsetAt(params.position);
  const target = targetsIn(subject).find(({ start, end }) => start <= offset && offset <= end);
  if (target === undefined) return undefined;
  const { plugin, file, start, end } = target;
  const top: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const at = plugin === undefined ? top : plugin.document.rangeOf(plugin.manifest.origins['id'] ?? []);
  return {
    originSelectionRange: lines.rangeOf(start, end),
    targetUri: uriOf(file),
    targetRange: at,
    targetSelectionRange: at,
  };
}

function findName(subject: Subject, position: Position, scope: NameScope): FoundName | undefined {
  const offset = subject.document.offsetAt(position);
  if (subject.reading === undefined) {
    const source = scope.sources.at(subject.path);
    return source && nameInSource(source, offset, scope);
  }
  const plugin = scope.workspace.plugins().find(({ file }) => file === subject.path);
  return plugin && nameInManifest(plugin, offset, scope);
}

/** From where it is declared to the code that stands behind it, from anywhere else to both. */
function definitionsOf({ name }: FoundName, from: string, scope: NameScope): Occurrence[] {
  const all = occurrencesOf(name, scope);
  const isCode = ({ role }: Occurrence): boolean => role === 'registered' || role === 'announced';
  const code = all.filter(isCode);
  const declared = all.filter(({ role }) => role === 'declared');
  const isDeclaredHere = declared.some(({ file }) => file === from);
  if (isDeclaredHere) return code.length > 0 ? code : declared;
  return [...code, ...declared];
}

function toLocation({ file, text, start, end }: Occurrence): Location {
  return { uri: uriOf(file), range: createLineMap(text).rangeOf(start, end) };
}

function rangeIn({ document }: Subject, start: number, end: number): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

function withoutQuotes(text: string, start: number, end: number): [number, number] {
  const isQuoted = /^["']/.test(text.slice(start, end)) && text[start] === text[end - 1] && end - start >= 2;
  return isQuoted ? [start + 1, end - 1] : [start, end];
}
