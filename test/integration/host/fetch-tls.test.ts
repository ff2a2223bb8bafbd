import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import * as tls from 'node:tls';
import { createRates } from '../../../src/host/broker/rates.ts';
import { createRecorder } from '../../../src/host/broker/recorder.ts';
import { createFetch, createNetworkGuard } from '../../../src/host/services/network/index.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';

/** A certificate for `localhost` that nobody has signed; `undefined` where there is no openssl to make it. */
function makeCertificate(dir: string): { key: string; cert: string } | undefined {
  const [key, cert] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')];
  const made = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
  ];
  const named = [
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  try {
    execFileSync('openssl', [...made, ...named], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

it('over https the certificate has to be trusted and to be for the host', async t => {
  const dir = mkdtempSync(path.join(tmpdir(), 'tls-test-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const certificate = makeCertificate(dir);
  if (certificate === undefined) return t.skip('there is no openssl to make a certificate with');
  const requests: string[] = [];
  const server = createServer(certificate, (request, response) => {
    requests.push(request.url ?? '');
    response.end('secure');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const now = () => 0;
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`];
  const guard = createNetworkGuard({
    capabilities: () =>
      hosts.map(resource => ({ scope: 'network', action: 'connect', resource, restrictions: {}, at: [] })),
    recorder: createRecorder({ audit: () => {}, describeGrant: () => '', now }),
    rates: createRates(now),
    now,
  });
  const { send } = createFetch(guard, () => 10);
  const { signal } = new AbortController();
  const get = (host: string) => send({ url: `https://${host}:${port}/` }, signal);

  await assert.rejects(get('localhost'), { code: ErrorCode.ConnectionClosed, message: /self-signed/ });
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([certificate.cert]);
  t.after(() => tls.setDefaultCACertificates(before));
  const answer = await get('localhost');
  assert.equal(Buffer.from(answer.body, 'base64').toString(), 'secure');
  await assert.rejects(get('127.0.0.1'), { code: ErrorCode.ConnectionClosed, message: /IP: 127\.0\.0\.1/ });
  assert.deepEqual(requests, ['/']);
});
