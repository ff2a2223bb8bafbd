/**
 * What SARIF 2.1.0 demands of the objects a report of ours is made of, as JSON Schema: the properties it knows (a
 * report has no others), those it requires, and the values it allows. After section 3 of the standard.
 */
const text = { type: 'string', minLength: 1 };
const index = { type: 'integer', minimum: 0 };
const position = { type: 'integer', minimum: 1 };
const list = (items: object) => ({ type: 'array', items });
const object = (properties: object, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const bag = { type: 'object', properties: { tags: { ...list(text), uniqueItems: true } } };
const message = object({ text, markdown: text }, ['text']);
const level = { enum: ['none', 'note', 'warning', 'error'] };

const artifactLocation = object(
  {
    // A URI reference: nothing in it needs an escape any more (RFC 3986).
    uri: { type: 'string', pattern: "^(?:[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=]|%[0-9A-F]{2})*$" },
    uriBaseId: text,
  },
  ['uri'],
);
const region = object(
  { startLine: position, startColumn: position, endLine: position, endColumn: position },
  ['startLine'],
);
const location = object(
  {
    id: index,
    message,
    physicalLocation: object({ artifactLocation, region }, ['artifactLocation']),
  },
  ['physicalLocation'],
);
const threadFlow = object({ locations: { ...list(object({ location }, [])), minItems: 1 } }, ['locations']);
const codeFlow = object({ threadFlows: { ...list(threadFlow), minItems: 1 } }, ['threadFlows']);
const replacement = object(
  { deletedRegion: region, insertedContent: object({ text: { type: 'string' } }, []) },
  ['deletedRegion'],
);
const artifactChange = object({ artifactLocation, replacements: { ...list(replacement), minItems: 1 } }, [
  'artifactLocation',
  'replacements',
]);
const fix = object({ description: message, artifactChanges: { ...list(artifactChange), minItems: 1 } }, [
  'artifactChanges',
]);

const rule = object(
  {
    id: text,
    shortDescription: message,
    fullDescription: message,
    helpUri: { type: 'string', pattern: '^https?://' },
    help: message,
    defaultConfiguration: object({ level }, []),
    properties: bag,
  },
  ['id'],
);
const result = object(
  {
    ruleId: text,
    ruleIndex: index,
    level,
    message,
    locations: list(location),
    relatedLocations: list(location),
    codeFlows: list(codeFlow),
    fixes: list(fix),
    partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
    properties: bag,
  },
  ['message'],
);
const run = object(
  {
    tool: object(
      {
        driver: object(
          {
            name: text,
            semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
            rules: { ...list(rule), uniqueItems: true },
          },
          ['name'],
        ),
      },
      ['driver'],
    ),
    automationDetails: object({ id: text }, []),
    invocations: list(
      object(
        {
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: list(object({ level, message }, ['message'])),
        },
        ['executionSuccessful'],
      ),
    ),
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    originalUriBaseIds: {
      type: 'object',
      // A base ends in a slash (3.14.14).
      additionalProperties: object({ uri: { type: 'string', pattern: '^file:///.*/$' } }, ['uri']),
    },
    results: list(result),
  },
  ['tool'],
);

/** The whole report. */
export const sarifSchema = object({ $schema: text, version: { const: '2.1.0' }, runs: list(run) }, [
  'version',
  'runs',
]);
