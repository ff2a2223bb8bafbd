import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import { WorkbenchError } from '../../../src/base/index.ts';
import { limitedManifest } from './plugins.ts';
import { buildShipped, createWorld } from './world.ts';

it('an ordinary library of Python reaches what is granted through the proxy, and nothing else', async t => {
  const requests: string[] = [];
  const serve = async (text: string) => {
    const server = createServer((request, response) => {
      requests.push(`${text} ${request.method} ${request.url}`);
      response.end(text);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    return (server.address() as AddressInfo).port;
  };
  const [granted, other] = [await serve('hello'), await serve('secret')];
  const shipped = await buildShipped();
  t.after(shipped.dispose);
  const world = await createWorld(shipped, { approveAll: true });
  t.after(world.dispose);
  const dir = await world.plugin('reach', {
    'plugin.json': {
      ...limitedManifest('reach', {}),
      runtime: 'python',
      entrypoint: 'main.py',
      capabilities: [
        { id: 'net', scope: 'network', permissions: ['connect'], hosts: [`127.0.0.1:${granted}`] },
      ],
      coordination: { exposesMethods: ['get'], consumesMethods: [] },
    },
    'main.py': `
import urllib.error
import urllib.request

def activate(context):
    @context.commands.register("get")
    def get(args):
        try:
            return urllib.request.urlopen(args["url"]).read().decode()
        except urllib.error.HTTPError as error:
            return error.code
`,
  });
  try {
    await world.host.start({ dir, watch: false });
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'PW-RUNTIME-MISSING') return t.skip(error.message);
    throw error;
  }
  const get = (url: string) => world.host.invoke({ pluginId: 'reach', method: 'get', args: { url } });
  assert.equal(await get(`http://127.0.0.1:${granted}/path`), 'hello');
  assert.equal(await get(`http://127.0.0.1:${other}/`), 403);
  assert.deepEqual(requests, ['hello GET /path']);
});
