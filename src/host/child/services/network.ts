import type { FetchOptions, Http, Network } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';

/** Statuses whose answer has no body, not even an empty one. */
const WITHOUT_BODY = [204, 205, 304];

/** Other machines, reached through the host. */
export function createNetwork(link: HostLink): Network {
  return {
    fetch: async (input, init: FetchOptions = {}) => {
      const { timeout, ...rest } = init;
      const request = new Request(input, rest as RequestInit);
      const body = Buffer.from(await request.arrayBuffer());
      const answer = await link.call(
        'net/fetch',
        {
          url: request.url,
          method: request.method,
          headers: [...request.headers],
          redirect: request.redirect,
          ...(body.length > 0 ? { body: body.toString('base64') } : {}),
          ...(timeout === undefined ? {} : { timeout }),
        },
        request.signal,
      );
      const { status, statusText, headers } = answer;
      const content = WITHOUT_BODY.includes(status) ? null : Buffer.from(answer.body, 'base64');
      const pairs = headers.map(([name, value]): [string, string] => [name, value]);
      const response = new Response(content, { status, statusText, headers: pairs });
      Object.defineProperty(response, 'url', { value: answer.url });
      Object.defineProperty(response, 'redirected', { value: answer.url !== request.url });
      return response;
    },
  };
}

/** The same network by the names of AI Hub's SDK. */
export function createHttp({ fetch }: Network): Http {
  return {
    get: (url, options = {}) => fetch(url, { ...options, method: 'GET' }),
    post: (url, data, options = {}) => {
      if (typeof data === 'string' || data instanceof Uint8Array) {
        return fetch(url, { ...options, method: 'POST', body: data });
      }
      const headers = new Headers(options.headers);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return fetch(url, { ...options, method: 'POST', headers, body: JSON.stringify(data) });
    },
  };
}
