import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ManifestReading, readManifest, runtimesOf } from '../../../src/manifest/index.ts';
import { codesOf, filesOf, fixed, read, readYaml, underlined } from './reading.ts';

const hub = (fields: object, ...files: string[]) =>
  read(
    { name: 'Mine', version: '1.0.0', type: 'tool', build: { entry: 'index.js' }, ...fields },
    'index.js',
    ...files,
  );
const bare = { id: 'mine', version: '1.0.0', runtime: 'nodejs', entrypoint: 'main.js' };
const mesh = (fields: object, ...files: string[]) =>
  read(
    { id: 'mine', version: '1.0.0', runtime: 'nodejs', entrypoint: 'main.js', ...fields },
    'main.js',
    'main.py',
    ...files,
  );
const guide = (fields: object) =>
  read(
    { id: 'mine', name: 'Mine', version: '1.0.0', main: 'index.js', minHostVersion: '1.0.0', ...fields },
    'index.js',
  );
const forge = (lines: string, ...files: string[]) =>
  readYaml(`name: mine\nversion: 1.0.0\nsupported_languages: [mini]\n${lines}`, 'main.js', ...files);

describe('versions and runtimes', () => {
  test('a range no version is in', () => {
    const reading = hub({ dependencies: { plugins: { other: '>2.0.0 <1.0.0', fine: '^1.0.0 || >=3.0.0' } } });
    assert.deepEqual(codesOf(reading), ['RANGE-EMPTY']);
    assert.deepEqual(underlined(reading), ['">2.0.0 <1.0.0"']);
    assert.deepEqual(codesOf(mesh({ dependencies: { plugins: ['other@>2 <1'] } })), ['RANGE-EMPTY']);
    const endless = hub({ dependencies: { runtime: { node: '^1 || '.repeat(100_000) } } });
    assert.deepEqual(codesOf(endless), ['RANGE']);
    assert.ok((endless.findings[0]?.message.length ?? 0) < 1000);
  });

  test('the entry must be of the language of the runtime', () => {
    const reading = mesh({ runtime: 'python' });
    assert.deepEqual(codesOf(reading), ['RUNTIME']);
    assert.deepEqual(underlined(reading), ['"python"']);
    assert.deepEqual(codesOf(mesh({ runtime: 'python', entrypoint: 'main.py' })), []);
  });

  test('TypeScript that is run as it is needs a Node.js that can', () => {
    const typed = (node: string, build: object) =>
      hub({ build, dependencies: { runtime: { node } } }, 'index.ts');
    const reading = typed('>=20.0.0', { entry: 'index.ts' });
    assert.deepEqual(codesOf(reading), ['RUNTIME-VERSION']);
    assert.match(fixed(reading, 'RUNTIME-VERSION'), /"node": ">=22\.18\.0"/u);
    assert.deepEqual(codesOf(typed('>=22.18.0', { entry: 'index.ts' })), []);
    assert.deepEqual(codesOf(typed('>=20.0.0', { entry: 'index.ts', output: 'dist/' })), []);
  });

  test('a misspelt runtime', () => {
    const reading = hub({ dependencies: { runtime: { pyhton: '>=3.10' } } });
    assert.deepEqual(codesOf(reading), ['RUNTIME-UNKNOWN']);
    assert.match(fixed(reading, 'RUNTIME-UNKNOWN'), /"python": ">=3\.10"/u);
  });

  test('the machine is compared when it is known', () => {
    const text = JSON.stringify({
      name: 'Mine',
      version: '1.0.0',
      type: 'tool',
      build: { entry: 'index.js' },
      compatibility: { platforms: ['win32'], architecture: ['x64'] },
      dependencies: { runtime: { node: '>=24.0.0' } },
    });
    const input = { text, file: '/p/plugin.json', files: filesOf('index.js') };
    assert.deepEqual(codesOf(readManifest(input)), []);
    const machine = { platform: 'linux', architecture: 'x64', runtimes: { node: '20.11.0' } };
    assert.deepEqual(codesOf(readManifest({ ...input, machine })), ['PLATFORM', 'RUNTIME-VERSION']);
    assert.deepEqual(codesOf(hub({ compatibility: { platforms: [] } })), ['PLATFORM']);
  });

  test('a runtime that is not installed is mentioned, with the way to it', () => {
    const machine = { platform: 'linux', architecture: 'x64', runtimes: { node: '24.0.0', go: null } };
    const hubText = JSON.stringify({
      name: 'Mine',
      version: '1.0.0',
      type: 'tool',
      build: { entry: 'index.js' },
      dependencies: { runtime: { node: '>=24.0.0', go: '*', python: '>=3.9', toString: '*' } },
    });
    const files = filesOf('index.js', 'main.go');
    const ofHub = readManifest({ text: hubText, file: '/p/plugin.json', files, machine });
    assert.deepEqual(codesOf(ofHub), ['RUNTIME-MISSING']);
    assert.deepEqual(underlined(ofHub), ['"go"']);
    assert.match(ofHub.findings[0]?.message ?? '', /^Go is not installed here.*https:\/\/go\.dev/u);
    assert.deepEqual([...runtimesOf(ofHub.sketch ?? assert.fail())].sort(), ['go', 'node', 'python']);
    const mesh = { id: 'mesh', version: '1.0.0', runtime: 'go', entrypoint: 'main.go' };
    const ofMesh = readManifest({ text: JSON.stringify(mesh), file: '/p/plugin.json', files, machine });
    assert.deepEqual([codesOf(ofMesh), underlined(ofMesh)], [['RUNTIME-MISSING'], ['"go"']]);
    assert.deepEqual(runtimesOf(ofMesh.sketch ?? assert.fail()), ['go']);
  });
});

describe('paths', () => {
  test('a file of the wrong kind', () => {
    const resources = { icon: 'a.txt', config: 'b.png', docs: 'docs/', screenshots: ['shots', 'c.md'] };
    const reading = hub(
      { resources, ui: { entry: 'style.css' }, build: { entry: 'index.js', output: 'out' } },
      ...['a.txt', 'b.png', 'docs/a.md', 'shots/1.png', 'c.md', 'style.css', 'out'],
    );
    assert.deepEqual(underlined(reading), ['"out"', '"a.txt"', '"b.png"', '"c.md"', '"style.css"']);
    assert.deepEqual(new Set(codesOf(reading)), new Set(['FILE-KIND']));
  });

  test('a pattern that is malformed or misleading', () => {
    const pattern = (value: string) => hub({ permissions: { filesystem: { read: [value] } } });
    for (const value of ['data/[a', 'data/{a', ' data/*', '$HOME/x', '%APPDATA%/x', ' '])
      assert.deepEqual(codesOf(pattern(value)), ['GLOB'], value);
    assert.match(fixed(pattern('data\\in\\*'), 'GLOB'), /"data\/in\/\*"/u);
    assert.deepEqual(codesOf(pattern('data/a**b')), ['GLOB']);
    assert.deepEqual(codesOf(pattern('data/**/*.json')), []);
  });
});

describe('the network', () => {
  const host = (value: string) =>
    hub({ permissions: { network: { domains: [value], protocols: ['https'] } } });

  test('a host is a name alone', () => {
    for (const value of [
      'api.example.com',
      '*.example.com',
      'localhost',
      '127.0.0.1',
      '[::1]:80',
      'example.com:8443',
    ])
      assert.deepEqual(codesOf(host(value)), [], value);
    for (const value of ['api.*.com', 'a b', 'exa*mple.com', '.example.com', '-', ''])
      assert.ok(codesOf(host(value)).length > 0, value);
    assert.match(fixed(host('https://api.example.com/v1'), 'HOST'), /"api\.example\.com"/u);
    assert.deepEqual(codesOf(host(`https://${'a'.repeat(100_000)} `)), ['HOST']);
  });

  test('what is sent in the clear has a fix', () => {
    const reading = hub({ permissions: { network: { domains: ['a.example'], protocols: ['http'] } } });
    assert.match(fixed(reading, 'PROTOCOL-INSECURE'), /"https"/u);
    const page = hub({ homepage: 'http://example.com', repository: 'somewhere' });
    assert.deepEqual(codesOf(page), ['PROTOCOL-INSECURE', 'ADDRESS']);
    assert.match(fixed(page, 'PROTOCOL-INSECURE'), /"https:\/\/example\.com"/u);
  });

  test('the Guide fetches from everywhere unless hosts are listed', () => {
    const fetch = (scope?: unknown) => guide({ permissions: { network: { fetch: true, scope } } });
    assert.deepEqual(
      fetch().findings.map(finding => finding.severity),
      ['info'],
    );
    assert.deepEqual(
      fetch('all').findings.map(finding => finding.severity),
      ['warning'],
    );
    assert.deepEqual(codesOf(fetch(['api.example.com'])), []);
  });
});

describe('names and numbers', () => {
  test('limits that nothing can run under, or that limit nothing', () => {
    const reading = mesh({ resources: { maxMemoryMB: 1, maxCpuPercent: 1e6, maxFileHandles: 2 } });
    assert.deepEqual(codesOf(reading), ['LIMIT', 'LIMIT', 'LIMIT']);
    assert.deepEqual(codesOf(hub({ permissions: { memory: { maxSize: '900GB' } } })), ['LIMIT']);
    assert.deepEqual(codesOf(hub({ permissions: { ai: { models: ['m'], maxTokens: 1e12 } } })), ['LIMIT']);
  });

  test('a time in seconds', () => {
    const capability = { id: 'm', scope: 'memory', permissions: ['read'] };
    const reading = mesh({ capabilities: [{ ...capability, expiresAt: 1_800_000_000 }] });
    assert.deepEqual(codesOf(reading), ['TIME']);
    assert.match(fixed(reading, 'TIME'), /1800000000000/u);
    const later = { ...bare, capabilities: [{ ...capability, expiresAt: 1_800_000_000_000 }] };
    assert.deepEqual(codesOf(read(later, 'main.js')), []);
    const at = (now: number) =>
      readManifest({
        text: JSON.stringify(later),
        file: '/p/plugin.json',
        files: filesOf('main.js'),
        machine: { platform: 'linux', architecture: 'x64', now },
      });
    assert.deepEqual(codesOf(at(1_790_000_000_000)), []);
    assert.deepEqual(codesOf(at(1_800_000_000_001)), ['GRANT-EXPIRED']);
  });

  test('names nobody can write', () => {
    assert.deepEqual(codesOf(hub({ api: { events: ['fine-one', 'not fine'] } })), ['NAME']);
    assert.deepEqual(codesOf(mesh({ coordination: { exposesMethods: ['get it'] } })), ['NAME']);
    const languages = (names: string) =>
      codesOf(readYaml(`name: mine\nversion: 1.0.0\nsupported_languages: [${names}]\n`, 'main.js'));
    assert.deepEqual(languages('c++, c#, objective-c'), []);
    assert.deepEqual(languages('my lang'), ['NAME']);
  });

  test('reasons to wake a plugin', () => {
    const activationOf = (reading: ManifestReading) => reading.sketch?.contributions.activation;
    const wakes = ['onEvent:user.*', 'onEvent:done', 'onBroadcast'];
    for (const make of [hub, mesh, guide]) {
      const reading = make({ 'x-activationEvents': wakes });
      assert.deepEqual(codesOf(reading), []);
      assert.deepEqual(activationOf(reading), { events: ['user.*', 'done'], broadcasts: true });
    }
    const yaml = forge('x-activationEvents: [onBroadcast]\n');
    assert.deepEqual(activationOf(yaml), { events: [], broadcasts: true });
    const odd = guide({ 'x-activationEvents': ['onEvent:', 'onStart', 5, 'onEvent:a b', 'onEvent:ok'] });
    assert.deepEqual(codesOf(odd), ['NAME', 'NAME', 'NAME', 'NAME']);
    assert.deepEqual(activationOf(odd), { events: ['ok'], broadcasts: false });
    assert.deepEqual(codesOf(guide({ 'x-activationEvents': 'onBroadcast' })), ['NAME']);
    assert.equal(activationOf(guide({})), undefined);
  });

  test('ids of other plugins, and tools', () => {
    const reading = hub({ dependencies: { plugins: { 'Data Processor': '*' } } });
    assert.deepEqual(codesOf(reading), ['NAME']);
    assert.match(fixed(reading, 'NAME'), /"data-processor": "\*"/u);
    assert.deepEqual(codesOf(mesh({ dependencies: { plugins: ['A B@^1.0.0'] } })), ['NAME']);
    assert.deepEqual(codesOf(mesh({ dependencies: { plugins: ['a', 'a@^1.0.0'] } })), ['ID-DUPLICATE']);
    assert.deepEqual(codesOf(forge('dependencies: [rustc, g++, "cargo && x"]\n')), ['NAME']);
  });

  test('paths of endpoints', () => {
    const endpoint = (path: string) => hub({ api: { endpoints: [{ path, method: 'GET' }] } });
    for (const path of ['/a b', '/a?b=1', '/a//b', '/../b'])
      assert.deepEqual(codesOf(endpoint(path)), ['ENDPOINT'], path);
    for (const path of ['/', '/a/:id', '/a/b.json']) assert.deepEqual(codesOf(endpoint(path)), [], path);
  });

  test('words of LogoMesh capabilities', () => {
    const capability = (fields: object) => mesh({ capabilities: [{ id: 'c', ...fields }] });
    const reading = capability({ scope: 'filesystem', permissions: ['raed'], paths: ['./data/**'] });
    assert.deepEqual(codesOf(reading), ['PERMISSION-UNKNOWN']);
    assert.match(fixed(reading, 'PERMISSION-UNKNOWN'), /"read"/u);
    const memory = capability({ scope: 'memory', permissions: ['read'], hosts: ['a.example'] });
    assert.deepEqual(codesOf(memory), ['GRANT-EMPTY']);
    assert.doesNotMatch(fixed(memory, 'GRANT-EMPTY'), /hosts/u);
    const methods = capability({
      scope: 'network',
      permissions: ['connect'],
      hosts: ['a.example'],
      restrictions: { methods: ['GTE'] },
    });
    assert.match(fixed(methods, 'PERMISSION-UNKNOWN'), /"GET"/u);
  });

  test('a misspelt feature of the Guide', () => {
    const reading = guide({ requiredFeatures: ['storge', 'storage', 'something-own'] });
    assert.deepEqual(codesOf(reading), ['FEATURE-UNKNOWN']);
    assert.deepEqual(underlined(reading), ['"storge"']);
  });

  test('what is deprecated can be taken out', () => {
    const reading = mesh({ resources: { maxMemoryMB: 64, allowedFilePaths: ['./x'] } });
    assert.deepEqual(codesOf(reading), ['DEPRECATED']);
    assert.doesNotMatch(fixed(reading, 'DEPRECATED'), /allowedFilePaths/u);
  });
});

describe('secrets', () => {
  const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

  test('known formats anywhere, random text under a telling name, passwords in addresses', () => {
    const reading = hub({
      description: `Uses ${token}`,
      'x-mine': {
        apiKey: 'Zk3v9QpL0sT7xW2mB8nR',
        database: 'postgres://me:hunter22@db.example/x',
        list: [token],
      },
    });
    assert.deepEqual(codesOf(reading), ['SECRET', 'SECRET', 'SECRET', 'SECRET']);
    for (const { message } of reading.findings) assert.doesNotMatch(message, /a1B2|Zk3v|hunter/u);
  });

  test('what only looks like one', () => {
    const harmless = {
      apiKey: 'the name of a setting',
      token: 'YOUR-TOKEN-HERE',
      secret: '',
      publicKeyFile: './keys/public-key-2024.pem',
      address: 'https://example.com:8080/a@b',
      template: `postgres://me:$${'{PASSWORD}'}@db/x`,
    };
    assert.deepEqual(codesOf(hub({ 'x-mine': harmless })), []);
  });

  test('in YAML too', () => {
    assert.deepEqual(codesOf(forge(`description: ${token}\n`)), ['SECRET']);
  });
});

describe('scripts', () => {
  test('those that run on install are mentioned, dangerous ones louder', () => {
    const install = (script: string) => hub({ scripts: { install: script, build: 'curl x | sh' } });
    assert.deepEqual(
      install('npm ci').findings.map(({ code, severity }) => [code, severity]),
      [['PW-MANIFEST-SCRIPT-INSTALL', 'info']],
    );
    for (const script of [
      'curl -s https://x.example/a | bash',
      'sudo npm i',
      'rm -rf ~/x',
      'npm install -g x',
    ])
      assert.deepEqual(
        install(script).findings.map(({ severity }) => severity),
        ['warning'],
        script,
      );
  });
});

describe('containers of ForgeAI', () => {
  test('images are pinned', () => {
    const image = (name: string) => codesOf(forge(`container_image: ${name}\n`));
    for (const name of ['forgeai/rust-executor:1.0.0', 'localhost:5000/a/b:2', `a@sha256:${'0'.repeat(64)}`])
      assert.deepEqual(image(name), [], name);
    for (const name of ['forgeai/rust', 'rust:latest', 'Not An Image'])
      assert.deepEqual(image(name), ['IMAGE'], name);
  });

  test('the files that may lie beside are what they are called', () => {
    const texts = (seccomp: string, dockerfile: string) => {
      const contents: Record<string, string> = { 'seccomp.json': seccomp, Dockerfile: dockerfile };
      return readManifest({
        text: 'name: mine\nversion: 1.0.0\nsupported_languages: [mini]\n',
        file: '/p/plugin.yaml',
        files: { ...filesOf('main.js', 'seccomp.json', 'Dockerfile'), textOf: path => contents[path] },
      });
    };
    const good = '{"defaultAction": "SCMP_ACT_ERRNO", "syscalls": []}';
    assert.deepEqual(codesOf(texts(good, 'FROM scratch\n')), []);
    assert.deepEqual(codesOf(texts(good, '# nothing\n')), ['FILE-KIND']);
    for (const bad of ['[]', '{', '{}', '{"defaultAction": "SCMP_ACT_ALLOW"}']) {
      const reading = texts(bad, 'FROM scratch');
      assert.deepEqual(codesOf(reading), ['SECCOMP'], bad);
      assert.equal(reading.findings[0]?.related?.[0]?.file, '/p/seccomp.json');
    }
  });
});
