import type { SemanticTokensParams } from 'vscode-languageserver/node';
import { dependencyHints } from '../dependency-hints.ts';
import { foldManifest, formatManifest, symbolsOf } from '../outline/index.ts';
import { patternTokens } from '../pattern-tokens.ts';
import type { RequestParts, Subjects } from './subject.ts';

/** Answers what shows or changes how a manifest looks: outline, folding, colours, hints, formatting. */
export function answerLayout({ connection, boundary }: RequestParts, subjects: Subjects): void {
  connection.onDocumentSymbol(
    boundary.request('symbols', params => {
      const reading = subjects.readingOf(params);
      return reading ? symbolsOf(reading.document) : null;
    }),
  );
  connection.onFoldingRanges(
    boundary.request('folding', params => {
      const reading = subjects.readingOf(params);
      return reading ? foldManifest(reading.document) : null;
    }),
  );
  connection.onDocumentFormatting(
    boundary.request('formatting', params => {
      const reading = subjects.readingOf(params);
      return reading ? formatManifest(reading.document, params.options) : null;
    }),
  );
  connection.onDocumentRangeFormatting(
    boundary.request('range formatting', params => {
      const reading = subjects.readingOf(params);
      return reading?.document.format === 'json'
        ? formatManifest(reading.document, params.options, params.range)
        : null;
    }),
  );
  connection.languages.inlayHint.on(
    boundary.request('inlay hints', params => {
      const subject = subjects.manifestOf(params);
      return subject ? dependencyHints(subject, params.range) : null;
    }),
  );
  connection.languages.semanticTokens.on(
    boundary.request('colours', (params: SemanticTokensParams) => {
      const reading = subjects.readingOf(params);
      return reading?.profile ? patternTokens(reading.document, reading.profile.id) : { data: [] };
    }) as never,
  );
}
