import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WorkbenchError } from '../../../../src/base/index.ts';
import { createSandboxChoice } from '../../../../src/host/trust/index.ts';
import { parseManifest } from '../../../../src/manifest/index.ts';
import type { TrustLevel } from '../../../../src/protocol/editor/index.ts';
import type { ConfinementLevel, Sandbox } from '../../../../src/sandbox/index.ts';
import { manifest } from '../grants/manifest.ts';

const plain = { manifest: manifest('1.0.0', []), document: parseManifest('{}', '/p/plugin.json') };

function forgeai(yaml: string): typeof plain {
  return {
    manifest: { ...plain.manifest, profile: 'forgeai' },
    document: parseManifest(yaml, '/p/plugin.yaml'),
  };
}

const wishing = forgeai('container_image: forgeai/rust:1.0.0\nsecurity_level: high\n');

function sandboxOf(level: ConfinementLevel, advice?: string): Sandbox {
  return {
    level,
    description: `It is ${level}.`,
    advice,
    mounts: true,
    holds: { memory: false, cpu: false, processes: false },
    launch: () => Promise.reject(new Error('nothing is launched here')),
  };
}

/** A machine with a sandbox, and with containers of the given images. */
function choiceOn(
  sandbox: Sandbox | WorkbenchError,
  given: {
    readonly images?: readonly string[];
    readonly trust?: Readonly<Record<string, TrustLevel>>;
    readonly unconfined?: readonly string[];
  } = {},
) {
  const asked: string[] = [];
  const choice = createSandboxChoice({
    trust: given.trust ?? {},
    unconfined: given.unconfined ?? [],
    findSandbox: async () => {
      asked.push('sandbox');
      if (sandbox instanceof WorkbenchError) throw sandbox;
      return sandbox;
    },
    findContainers: async () => {
      asked.push('containers');
      return {
        sandbox: async image => {
          if (given.images?.includes(image)) return sandboxOf('container');
          throw new WorkbenchError('PW-CONTAINER-IMAGE', `No ${image}.`, {
            nextStep: `podman pull ${image}`,
          });
        },
      };
    },
  });
  return { ...choice, asked };
}

describe('the sandbox of a plugin', () => {
  it('is the full one of this machine for whoever nobody has said anything about', async () => {
    const choice = choiceOn(sandboxOf('sandboxed'));
    const chosen = await choice.findSandbox(plain);
    assert.equal(chosen.level, 'sandboxed');
    assert.deepEqual([chosen.trust.level, chosen.isolation.level, chosen.warnings], ['untrusted', 2, []]);
    assert.deepEqual(
      choice.asked,
      ['sandbox'],
      'podman is not tried for a plugin that asks for no container',
    );
  });

  it('takes names of trusted plugins as data', async () => {
    const odd = { ...plain, manifest: { ...plain.manifest, id: 'constructor' } };
    assert.equal((await choiceOn(sandboxOf('sandboxed')).findSandbox(odd)).trust.level, 'untrusted');
  });

  it('is refused where only a reduced one can be had, with both ways out', async () => {
    const choice = choiceOn(sandboxOf('reduced', 'Allow user namespaces.'));
    await assert.rejects(choice.findSandbox(plain), {
      code: 'PW-TRUST-SANDBOX',
      nextStep: /^Allow user namespaces\. .*"p": "partner".*--trust p=partner/,
    });
  });

  it('may be reduced for partners, with a warning', async () => {
    const choice = choiceOn(sandboxOf('reduced'), { trust: { p: 'partner' } });
    const chosen = await choice.findSandbox(plain);
    assert.deepEqual([chosen.level, chosen.trust.level, chosen.isolation.level], ['reduced', 'partner', 2]);
    assert.match(chosen.warnings[0] ?? '', /partner/);
  });

  it('is a container where the manifest asks for one with high security and there is its image', async () => {
    const images = ['forgeai/rust:1.0.0'];
    const chosen = await choiceOn(sandboxOf('reduced'), { images }).findSandbox(wishing);
    assert.deepEqual([chosen.level, chosen.isolation.level], ['container', 3]);
    const modest = forgeai('container_image: forgeai/rust:1.0.0\nsecurity_level: medium\n');
    assert.equal((await choiceOn(sandboxOf('sandboxed'), { images }).findSandbox(modest)).level, 'sandboxed');
  });

  it('is the full one where the image is missing, and says how to get that', async () => {
    const chosen = await choiceOn(sandboxOf('sandboxed')).findSandbox(wishing);
    assert.equal(chosen.level, 'sandboxed');
    assert.match(chosen.warnings.join(' '), /podman pull forgeai\/rust:1\.0\.0/);
  });

  it('is none for a plugin that the user listed, whatever the trust', async () => {
    const chosen = await choiceOn(sandboxOf('sandboxed'), { unconfined: ['p'] }).findSandbox(wishing);
    assert.deepEqual([chosen.level, chosen.isolation.level], ['unconfined', 1]);
  });

  it('is not to be had where the machine has none, and is looked for again the next time', async () => {
    const missing = new WorkbenchError('PW-SANDBOX-MISSING', 'No bubblewrap.');
    const choice = choiceOn(missing, { trust: { p: 'internal' } });
    await assert.rejects(choice.findSandbox(plain), missing);
    await assert.rejects(choice.findSandbox(plain), missing);
    assert.deepEqual(choice.asked, ['sandbox', 'sandbox']);
  });

  it('records only refusals of internal plugins', () => {
    const choice = choiceOn(sandboxOf('sandboxed'), { trust: { p: 'internal' } });
    assert.equal(choice.auditDetailOf('p'), 'denials');
    assert.equal(choice.auditDetailOf('q'), 'every');
  });
});
