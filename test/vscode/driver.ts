/**
 * What a suite can do that needs the window's outside: look at it, and use mouse and keyboard as a person does.
 *
 * Suites run in the extension host, which has no window. The runner that drives the window listens on loopback;
 * each function here is one request to it and rejects with the runner's words when that fails.
 */

/** The environment variable that holds the runner's address. */
export const driverVariable = 'PLUGIN_WORKBENCH_TEST_DRIVER';

/** The environment variable that says which tests to run: those whose title contains its text. */
export const grepVariable = 'PLUGIN_WORKBENCH_TEST_GREP';

/** What happens in the suites, told to the runner as it happens. */
export type TestEvent =
  | { readonly kind: 'begin'; readonly total: number }
  | { readonly kind: 'pass'; readonly title: string; readonly ms: number }
  | { readonly kind: 'fail'; readonly title: string; readonly error: string }
  | { readonly kind: 'skip'; readonly title: string }
  | { readonly kind: 'end' };

/** How an element is to be clicked. */
export interface ClickOptions {
  readonly button?: 'left' | 'right';
  /** Clicks within this time of one another: 2 is a double click. Default: 1. */
  readonly count?: number;
}

/** Every request the runner answers: its parameters and its result. */
export interface DriverRequests {
  screenshot: { params: { name: string }; result: { path: string } };
  click: { params: { selector: string } & ClickOptions; result: null };
  hover: { params: { selector: string }; result: null };
  type: { params: { text: string }; result: null };
  press: { params: { key: string }; result: null };
  waitFor: { params: { selector: string; state: 'visible' | 'hidden'; timeoutMs: number }; result: null };
  textsOf: { params: { selector: string }; result: readonly string[] };
  report: { params: TestEvent; result: null };
}

async function ask<Verb extends keyof DriverRequests>(
  verb: Verb,
  params: DriverRequests[Verb]['params'],
): Promise<DriverRequests[Verb]['result']> {
  const address = process.env[driverVariable];
  if (address === undefined) throw new Error(`${driverVariable} is not set: start with test/vscode/run.ts.`);
  const response = await fetch(new URL(verb, address), { method: 'POST', body: JSON.stringify(params) });
  if (!response.ok) throw new Error(`${verb}: ${await response.text()}`);
  return (await response.json()) as DriverRequests[Verb]['result'];
}

/** Takes a picture of the whole window, `test/vscode/.out/screens/<name>.png`; costly: few. Answers its path. */
export const screenshot = async (name: string): Promise<string> => (await ask('screenshot', { name })).path;

/** Clicks the first element a Playwright selector finds, when it is there and can be clicked (30 s). */
export const click = (selector: string, options: ClickOptions = {}): Promise<null> =>
  ask('click', { selector, ...options });

/** Moves the mouse over the first element a Playwright selector finds. */
export const hover = (selector: string): Promise<null> => ask('hover', { selector });

/** Types text into whatever has the focus. */
export const type = (text: string): Promise<null> => ask('type', { text });

/** Presses a key or a combination in Playwright's words, such as `F1`, `Enter` or `Control+S`. */
export const press = (key: string): Promise<null> => ask('press', { key });

/** Waits until an element is visible, or none is; rejects after the time-out, 60 s unless told. */
export const waitFor = (
  selector: string,
  state: 'visible' | 'hidden' = 'visible',
  timeoutMs = 60_000,
): Promise<null> => ask('waitFor', { selector, state, timeoutMs });

/** The visible texts of all the elements a Playwright selector finds now; it doesn't wait. */
export const textsOf = (selector: string): Promise<readonly string[]> => ask('textsOf', { selector });

/** The visible text of the first element a Playwright selector finds; waits until it is there (60 s). */
export async function textOf(selector: string): Promise<string> {
  await waitFor(selector);
  return (await textsOf(selector))[0] ?? '';
}

/** Tells the runner what happened; only the entry of the suites does. */
export const report = (event: TestEvent): Promise<null> => ask('report', event);
