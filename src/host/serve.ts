import * as v from 'valibot';
import {
  createMessageConnection,
  ErrorCodes,
  type MessageReader,
  type MessageWriter,
  RequestType,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { Emitter, messageOf, WorkbenchError } from '../base/index.ts';
import { editorMethods, type failureSchema, HOST_EVENT, type HostEvent } from '../protocol/editor/index.ts';
import { createDebugHost } from './debug-host.ts';
import { createFrontEndAsker } from './front-end.ts';
import type { DebugHost } from './host-api.ts';
import type { ShippedPaths } from './runtimes/index.ts';

/** A debug host at the end of a connection. */
export interface HostService {
  /** Stops every plugin and then resolves `closed`; also happens when the other side goes away. */
  close(): void;
  readonly closed: Promise<void>;
}

type Methods = typeof editorMethods;
type ParamsOf<M extends keyof Methods> = v.InferOutput<Methods[M]['params']>;
type ResultOf<M extends keyof Methods> = v.InferInput<Methods[M]['result']>;

/** Speaks the editor protocol for a debug host, which is made by the first request, `host/initialize`. */
export function serveDebugHost(
  reader: MessageReader,
  writer: MessageWriter,
  shipped: ShippedPaths,
): HostService {
  const connection = createMessageConnection(reader, writer);
  const stopped = new Emitter<void>();
  const closed = new Promise<void>(resolve => stopped.event(resolve)).then(() => host?.shutdown());
  let host: DebugHost | undefined;
  let closing = false;

  function close(): void {
    if (closing) return;
    closing = true;
    stopped.fire();
  }

  async function tell(event: HostEvent): Promise<void> {
    try {
      await connection.sendNotification(HOST_EVENT, event);
    } catch {
      // The front-end is gone, or about to go: nobody is left to tell.
    }
  }

  function running(): DebugHost {
    if (host) return host;
    throw new WorkbenchError(
      'PW-HOST-NOT-INITIALIZED',
      'The first request to the debug host is host/initialize.',
    );
  }

  function on<M extends keyof Methods>(
    method: M,
    handle: (params: ParamsOf<M>, signal: AbortSignal) => ResultOf<M> | Promise<ResultOf<M>>,
  ): void {
    const { name, params: schema } = editorMethods[method];
    connection.onRequest(new RequestType<unknown, unknown, unknown>(name), async (raw, token) => {
      const decoded = v.safeParse(schema, raw);
      if (!decoded.success) {
        return new ResponseError(ErrorCodes.InvalidParams, `${name}: ${decoded.issues[0].message}`);
      }
      const abort = new AbortController();
      const subscription = token.onCancellationRequested(() => abort.abort());
      // One that was cancelled before it came here tells nobody any more.
      if (token.isCancellationRequested) abort.abort();
      try {
        return await handle(decoded.output as ParamsOf<M>, abort.signal);
      } catch (error) {
        return toResponseError(error);
      } finally {
        subscription.dispose();
      }
    });
  }

  on('initialize', ({ dataDir, nodePath, runtimePaths, unconfined, trust, trace }) => {
    if (host) throw new WorkbenchError('PW-HOST-INITIALIZED', 'The debug host is initialised already.');
    const askFrontEnd = createFrontEndAsker(connection);
    host = createDebugHost({
      dataDir,
      nodePath,
      runtimePaths,
      unconfined,
      trust,
      trace,
      askFrontEnd,
      ...shipped,
    });
    host.onEvent(event => void tell(event));
    return { pid: process.pid };
  });
  on('start', (params, signal) => running().start(params, signal));
  on('stop', async ({ pluginId, force }) => {
    await running().stop(pluginId, force);
    return null;
  });
  on('reload', ({ pluginId }) => running().reload(pluginId));
  on('list', () => [...running().list()]);
  on('invoke', async (params, signal) => ({ value: await running().invoke(params, signal) }));
  on('test', (params, signal) => running().test(params, signal));
  on('startAll', (params, signal) => running().startAll(params, signal));
  on('enable', ({ pluginId }) => running().enable(pluginId));
  on('disable', ({ pluginId }) => running().disable(pluginId));
  on('status', ({ pluginId }) => running().status(pluginId));
  on('usage', ({ pluginId }) => running().usage(pluginId) ?? null);
  on('request', (params, signal) => running().request(params, signal));
  on('health', ({ pluginId }, signal) => running().health(pluginId, signal));
  on('restartUnhealthy', (_, signal) => running().restartUnhealthy(signal));
  on('crashes', params => running().crashReports(params));
  on('dependencies', params => running().dependencies(params));
  on('loadDependencies', (params, signal) => running().loadDependencies(params, signal));
  on('runMiddleware', async (params, signal) => ({ value: await running().runMiddleware(params, signal) }));
  on('sendMessage', params => ({ count: running().sendMessage(params) }));
  on('generateSchema', params => ({ schema: running().generateSchema(params) }));
  on('validate', params => running().validate(params));
  on('keepValue', params => {
    running().keepValue(params);
    return null;
  });
  on('findValue', params => ({ value: running().findValue(params) }));
  on('execute', async (params, signal) => ({ value: await running().execute(params, signal) }));
  on('executeFile', async (params, signal) => ({ value: await running().executeFile(params, signal) }));
  on('languages', () => [...running().languages()]);
  on('grantsRequest', async ({ dir, tenant }) => (await running().approvalRequest(dir, tenant)) ?? null);
  on('grantsApprove', async params => {
    await running().approve(params);
    return null;
  });
  on('grantsList', ({ pluginId }) => running().grants(pluginId));
  on('grantsGive', params => running().giveGrant(params));
  on('grantsNarrow', params => running().narrowGrant(params));
  on('grantsRevoke', params => running().revokeGrant(params));
  on('audit', params => running().readAudit(params));
  on('shutdown', async () => {
    await host?.shutdown();
    setImmediate(close);
    return null;
  });

  connection.onClose(close);
  connection.onError(() => close());
  connection.listen();
  return { close, closed };
}

/** A `WorkbenchError` travels with its code and next step; anything else is a bug and says so. */
function toResponseError(error: unknown): ResponseError<v.InferInput<typeof failureSchema>> {
  if (!(error instanceof WorkbenchError)) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return new ResponseError(ErrorCodes.InternalError, messageOf(error), { code: 'PW-INTERNAL' });
  }
  return new ResponseError(ErrorCodes.UnknownErrorCode, error.message, {
    code: error.code,
    ...(error.nextStep === undefined ? {} : { nextStep: error.nextStep }),
    ...(error.details === undefined ? {} : { details: error.details }),
  });
}
