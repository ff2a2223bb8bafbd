import * as v from 'valibot';
import {
  findValueSchema,
  generateSchemaSchema,
  keepValueSchema,
  validateDataSchema,
  validationSchema,
} from './data.ts';
import { runMiddlewareSchema, sendMessageSchema } from './exchange.ts';
import {
  approvalRequestSchema,
  approveSchema,
  auditEntrySchema,
  giveSchema,
  grantSchema,
  narrowSchema,
  readAuditSchema,
  revokeSchema,
} from './grants.ts';
import { crashReportSchema, healthReportSchema } from './health.ts';
import {
  crashesSchema,
  dependenciesSchema,
  executeFileSchema,
  executeSchema,
  pluginResponseSchema,
  requestSchema,
  resolvedDependencySchema,
  startAllResultSchema,
  startAllSchema,
} from './host-api.ts';
import {
  initializeHostSchema,
  invokePluginSchema,
  pluginIdSchema,
  pluginStatusSchema,
  resourceUsageSchema,
  startPluginSchema,
  stopPluginSchema,
} from './messages.ts';
import { testPluginSchema, testReportSchema } from './testing.ts';

const nothing = v.object({});
const value = v.object({ value: v.unknown() });

/** Method names of the editor protocol, with the schemas of what travels under them. `docs/host-api.md` explains them. */
export const editorMethods = {
  initialize: {
    name: 'host/initialize',
    params: initializeHostSchema,
    result: v.object({ pid: v.number() }),
  },
  start: { name: 'plugins/start', params: startPluginSchema, result: pluginStatusSchema },
  startAll: { name: 'plugins/startAll', params: startAllSchema, result: startAllResultSchema },
  stop: { name: 'plugins/stop', params: stopPluginSchema, result: v.null() },
  enable: { name: 'plugins/enable', params: pluginIdSchema, result: pluginStatusSchema },
  disable: { name: 'plugins/disable', params: pluginIdSchema, result: pluginStatusSchema },
  reload: { name: 'plugins/reload', params: pluginIdSchema, result: pluginStatusSchema },
  list: { name: 'plugins/list', params: nothing, result: v.array(pluginStatusSchema) },
  status: { name: 'plugins/status', params: pluginIdSchema, result: pluginStatusSchema },
  /** Runs the plugin's own tests in its sandbox; that some fail is no failure of the request. */
  test: { name: 'plugins/test', params: testPluginSchema, result: testReportSchema },
  usage: { name: 'plugins/usage', params: pluginIdSchema, result: v.nullable(resourceUsageSchema) },
  invoke: { name: 'plugins/invoke', params: invokePluginSchema, result: value },
  /** Sends a value through the plugins' middleware. */
  runMiddleware: { name: 'middleware/run', params: runMiddlewareSchema, result: value },
  /** Hands a message to plugins that listen; answers to how many. */
  sendMessage: { name: 'messages/send', params: sendMessageSchema, result: v.object({ count: v.number() }) },
  /** Sends a message to one plugin, and answers with what came of it. */
  request: { name: 'messages/request', params: requestSchema, result: pluginResponseSchema },
  generateSchema: {
    name: 'data/generateSchema',
    params: generateSchemaSchema,
    result: v.object({ schema: v.unknown() }),
  },
  validate: { name: 'data/validate', params: validateDataSchema, result: validationSchema },
  keepValue: { name: 'data/cache/set', params: keepValueSchema, result: v.null() },
  findValue: { name: 'data/cache/get', params: findValueSchema, result: value },
  health: { name: 'plugins/health', params: pluginIdSchema, result: healthReportSchema },
  restartUnhealthy: { name: 'plugins/restartUnhealthy', params: nothing, result: v.array(v.string()) },
  crashes: { name: 'plugins/crashes', params: crashesSchema, result: v.array(crashReportSchema) },
  dependencies: {
    name: 'plugins/dependencies',
    params: dependenciesSchema,
    result: v.array(resolvedDependencySchema),
  },
  loadDependencies: {
    name: 'plugins/loadDependencies',
    params: startPluginSchema,
    result: v.array(pluginStatusSchema),
  },
  execute: { name: 'executors/execute', params: executeSchema, result: value },
  executeFile: { name: 'executors/executeFile', params: executeFileSchema, result: value },
  languages: {
    name: 'executors/languages',
    params: nothing,
    result: v.array(v.object({ language: v.string(), pluginId: v.string() })),
  },
  /** What a start of that folder would ask for; nothing when all is approved. */
  grantsRequest: {
    name: 'grants/request',
    params: v.object({ dir: v.string(), tenant: v.optional(v.string()) }),
    result: v.nullable(approvalRequestSchema),
  },
  grantsApprove: { name: 'grants/approve', params: approveSchema, result: v.null() },
  grantsList: { name: 'grants/list', params: pluginIdSchema, result: v.array(grantSchema) },
  grantsGive: { name: 'grants/give', params: giveSchema, result: v.array(grantSchema) },
  grantsNarrow: { name: 'grants/narrow', params: narrowSchema, result: v.array(grantSchema) },
  grantsRevoke: { name: 'grants/revoke', params: revokeSchema, result: v.array(grantSchema) },
  audit: { name: 'audit/read', params: readAuditSchema, result: v.array(auditEntrySchema) },
  shutdown: { name: 'host/shutdown', params: nothing, result: v.null() },
} as const;
