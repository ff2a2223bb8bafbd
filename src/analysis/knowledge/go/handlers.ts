import type { HandlerParameter, HandlerSpec } from '../../flow/index.ts';

const sent: HandlerParameter = { level: 'user', what: 'what the caller sends' };
const event: HandlerParameter = { level: 'user', what: 'an event’s data' };
const message: HandlerParameter = { level: 'user', what: 'a request’s message' };

const sdk = 'plugin-workbench.dev/sdk';

/** Functions that are called from outside; web handlers are known by the types of their parameters. */
export const handlers: readonly HandlerSpec[] = [
  { call: `${sdk}.Handle`, argument: 0, params: [undefined, sent] },
  ...[
    'Commands.Register',
    'Events.On',
    'Hooks.Register',
    'Middleware.Use',
    'Providers.Register',
    'Messages.Listen',
  ].map((name): HandlerSpec => ({ call: `${sdk}.Context.${name}`, params: [undefined, sent], rest: sent })),
  // A function of the cloud takes a context and an event, or the event alone.
  ...['Start', 'StartWithOptions', 'NewHandler'].map(
    (name): HandlerSpec => ({
      call: `github.com/aws/aws-lambda-go/lambda.${name}`,
      argument: 0,
      params: [event, event],
    }),
  ),
  ...['HTTP', 'CloudEvent', 'Typed'].map(
    (name): HandlerSpec => ({
      call: `github.com/GoogleCloudPlatform/functions-framework-go/functions.${name}`,
      argument: 1,
      params: [event, event],
    }),
  ),
  // Remote procedures: generated servers name the parameters so.
  ...['req', 'request', 'in', 'input'].map(
    (name): HandlerSpec => ({ parameterNames: ['ctx', name], params: [undefined, message] }),
  ),
];
