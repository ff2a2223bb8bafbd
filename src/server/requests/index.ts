import type { ServerCapabilities } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { codeActionsFor, FIX_ALL, fixAllActions } from '../code-actions.ts';
import { completeManifest, completionSupportOf } from '../completion/index.ts';
import { fixesWithoutOverlap, fixManifest } from '../fix-all.ts';
import { CONVERT_COMMAND, canRenameFiles, conversionActions, isAtTop } from '../manifest-conversion.ts';
import { hoverManifest } from '../manifest-hover.ts';
import { tokenTypes } from '../pattern-tokens.ts';
import { permissionActions } from '../permissions/index.ts';
import { hoverFromRule } from '../rule-hover.ts';
import { answerConversions } from './conversion-requests.ts';
import { answerLayout } from './layout-requests.ts';
import { answerNames } from './name-requests.ts';
import { answerPermissions } from './permission-requests.ts';
import { answerReports } from './report-requests.ts';
import { createSubjects, type RequestParts } from './subject.ts';

export type { RequestParts } from './subject.ts';

/** What the client is told that it may ask. */
export const answered: ServerCapabilities = {
  completionProvider: { triggerCharacters: ['"', ':', '/', ' '] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: {},
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL] },
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  inlayHintProvider: true,
  executeCommandProvider: { commands: [CONVERT_COMMAND] },
  semanticTokensProvider: { legend: { tokenTypes: [...tokenTypes], tokenModifiers: [] }, full: true },
};

/** Registers the handlers of everything a client may ask. */
export function answerRequests(parts: RequestParts): void {
  const { connection, boundary, checker } = parts;
  const subjects = createSubjects(parts);
  const renames = canRenameFiles(parts.capabilities);
  const support = completionSupportOf(parts.capabilities);

  connection.onCompletion(
    boundary.request('completion', params => {
      const subject = subjects.manifestOf(params);
      return subject ? completeManifest(subject, params.position, support) : null;
    }),
  );
  connection.onHover(
    boundary.request('hover', params => {
      const subject = subjects.manifestOf(params);
      if (subject !== undefined) return hoverManifest(subject, params.position);
      const document = parts.openDocument(params.textDocument.uri);
      return document ? hoverFromRule(checker.findingsOf(document), params.position) : null;
    }),
  );
  connection.onCodeAction(
    boundary.request('code actions', params => {
      const subject = subjects.of(params);
      if (subject === undefined) return null;
      const { document, reading } = subject;
      const findings = checker.findingsOf(document);
      const edits = () =>
        reading === undefined
          ? fixesWithoutOverlap(document.getText(), findings)
          : fixManifest(reading.document);
      const only = params.context.only;
      const isAsked =
        only?.some(kind => CodeActionKind.RefactorRewrite.startsWith(kind)) ?? isAtTop(params.range);
      const actions = [
        ...codeActionsFor(document, params.range, findings, finding => checker.suppress(document, finding)),
        ...permissionActions(params.range, findings, parts.permissions),
        // What a plugin may do is decided one by one.
        ...fixAllActions(
          document,
          params.range,
          findings.filter(({ code }) => !code.startsWith('PW-PERM-')),
          edits,
        ),
        ...(reading !== undefined && isAsked ? conversionActions(reading, document.uri, renames) : []),
      ];
      return only === undefined
        ? actions
        : actions.filter(({ kind = '' }) =>
            only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`)),
          );
    }),
  );
  answerConversions(parts, subjects);
  answerNames(parts, subjects);
  answerLayout(parts, subjects);
  answerReports(parts);
  answerPermissions(parts);
}
