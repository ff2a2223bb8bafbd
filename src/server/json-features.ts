import {
  getLanguageService,
  type JSONDocument,
  type JSONSchema,
  type LanguageService,
} from 'vscode-json-languageservice';
import type {
  ClientCapabilities,
  CompletionList,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Position,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type ManifestReading, profiles } from '../manifest/index.ts';
import { withoutSnippets } from './plain-completion.ts';

/** What the editor asks about a manifest in JSON; the schema is that of the profile the manifest was read as. */
export interface JsonFeatures {
  complete(
    document: TextDocument,
    position: Position,
    reading: ManifestReading,
  ): Promise<CompletionList | null>;
  hover(document: TextDocument, position: Position, reading: ManifestReading): Promise<Hover | null>;
  symbols(document: TextDocument, reading: ManifestReading): DocumentSymbol[];
  foldings(document: TextDocument, reading: ManifestReading): FoldingRange[];
}

export function createJsonFeatures(capabilities: ClientCapabilities): JsonFeatures {
  const services = new Map<string, LanguageService>();
  const snippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;

  const serviceFor = (reading: ManifestReading): LanguageService => {
    const key = reading.profile?.id ?? '';
    let service = services.get(key);
    if (service === undefined) {
      service = createService(
        capabilities,
        (reading.profile?.schema as JSONSchema | undefined) ?? schemaOfNew(),
      );
      services.set(key, service);
    }
    return service;
  };
  const open = (document: TextDocument, reading: ManifestReading): [LanguageService, JSONDocument] => {
    const service = serviceFor(reading);
    return [service, service.parseJSONDocument(document)];
  };

  return {
    complete: async (document, position, reading) => {
      const [service, parsed] = open(document, reading);
      const list = await service.doComplete(document, position, parsed);
      return list && !snippets ? withoutSnippets(list) : list;
    },
    hover: async (document, position, reading) => {
      const [service, parsed] = open(document, reading);
      return service.doHover(document, position, parsed);
    },
    symbols: (document, reading) => {
      const [service, parsed] = open(document, reading);
      return service.findDocumentSymbols2(document, parsed, { resultLimit: 5_000 });
    },
    foldings: (document, reading) => serviceFor(reading).getFoldingRanges(document, { rangeLimit: 5_000 }),
  };
}

/** One service a profile: whatever `$schema` a manifest names, it is answered with the schema of its profile. */
function createService(capabilities: ClientCapabilities, schema: JSONSchema): LanguageService {
  const text = JSON.stringify(schema);
  const service = getLanguageService({
    clientCapabilities: capabilities,
    schemaRequestService: () => Promise.resolve(text),
  });
  service.configure({
    validate: false,
    allowComments: true,
    schemas: [{ uri: schema.$id ?? 'plugin-workbench:new-manifest', fileMatch: ['*'], schema }],
  });
  return service;
}

/** For a manifest that does not show yet which system it is for: the choice of systems. */
function schemaOfNew(): JSONSchema {
  return {
    type: 'object',
    // Each system brings its own first draft of a manifest.
    defaultSnippets: profiles.flatMap(profile => (profile.schema as JSONSchema).defaultSnippets ?? []),
    properties: {
      $schema: {
        type: 'string',
        description: 'The plugin system this manifest is for.',
        enum: profiles.map(profile => profile.schemaUris[0] ?? profile.id),
        enumDescriptions: profiles.map(profile => profile.title),
      },
    },
  };
}
