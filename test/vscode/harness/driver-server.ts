import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { DriverRequests, TestEvent } from '../driver.ts';
import { screensFolder } from './paths.ts';

type Verbs = {
  [Verb in keyof DriverRequests]: (
    params: DriverRequests[Verb]['params'],
  ) => Promise<DriverRequests[Verb]['result']>;
};

function verbsOf(windowOf: () => Page | undefined, take: (event: TestEvent) => void): Verbs {
  const window = (): Page => {
    const page = windowOf();
    if (page === undefined) throw new Error('The window is not there yet.');
    return page;
  };
  return {
    async screenshot({ name }) {
      await mkdir(screensFolder, { recursive: true });
      const path = join(screensFolder, `${name.replaceAll(/[^\w-]/g, '-')}.png`);
      await window().screenshot({ path });
      return { path };
    },
    async click({ selector, button = 'left', count = 1 }) {
      await window().locator(selector).first().click({ button, clickCount: count, timeout: 30_000 });
      return null;
    },
    async hover({ selector }) {
      await window().locator(selector).first().hover({ timeout: 30_000 });
      return null;
    },
    async type({ text }) {
      await window().keyboard.type(text);
      return null;
    },
    async press({ key }) {
      await window().keyboard.press(key);
      return null;
    },
    async waitFor({ selector, state, timeoutMs }) {
      await window().locator(selector).first().waitFor({ state, timeout: timeoutMs });
      return null;
    },
    textsOf: ({ selector }) => window().locator(selector).allInnerTexts(),
    async report(event) {
      take(event);
      return null;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return JSON.parse(text);
}

/** A driver that answers the suites. */
export interface DriverServer {
  /** For the suites' environment; only who knows it is answered. */
  readonly address: string;
  close(): void;
}

/**
 * Listens on loopback for what suites ask (../driver.ts).
 *
 * @param windowOf the window, once it is there
 * @param take receives what happens in the suites
 */
export async function listenForSuites(
  windowOf: () => Page | undefined,
  take: (event: TestEvent) => void,
): Promise<DriverServer> {
  const verbs = verbsOf(windowOf, take) as Record<string, (params: unknown) => Promise<unknown>>;
  const secret = randomBytes(16).toString('hex');
  const server = createServer(async (request, response) => {
    const [, given, verb = ''] = (request.url ?? '').split('/');
    const answer = given === secret && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (answer === undefined) {
      response.writeHead(404).end('No such verb.');
      return;
    }
    try {
      const result = await answer(await bodyOf(request));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    address: `http://127.0.0.1:${port}/${secret}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
