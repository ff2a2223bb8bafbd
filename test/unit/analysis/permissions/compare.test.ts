import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aihub, forgeai, guide, logomesh } from './manifests.ts';
import { needOf, runsOf, verdictsOf, viewsOf } from './views.ts';

const codesOf = ({ findings }: ReturnType<typeof viewsOf>): string[] =>
  findings.map(
    ({ code, file }) => `${code.replace('PW-PERM-', '')} ${file.endsWith('.json') ? 'manifest' : 'source'}`,
  );

describe('declared × inferred × observed', () => {
  test('what is granted and used, in source or in runs, is fine', () => {
    const views = viewsOf(
      aihub({
        filesystem: { read: ['./data/**'], write: ['./logs/*.log'] },
        network: { domains: ['api.example.com'], protocols: ['https'] },
      }),
      [needOf('network connect api.example.com', { protocols: ['https'] })],
      runsOf('filesystem read ./data/a.json', 'filesystem write ./logs/a.log'),
    );
    assert.deepEqual(verdictsOf(views), [
      'filesystem read ./data/** used',
      'filesystem write ./logs/*.log used',
      'network connect api.example.com used',
    ]);
    assert.deepEqual(views.findings, []);
  });

  test('what is used and not granted is told on the manifest and on the line', () => {
    const views = viewsOf(aihub({}), [
      needOf('network connect api.example.com', { protocols: ['https'] }),
      needOf('filesystem write ./out/*'),
    ]);
    assert.deepEqual(codesOf(views), [
      'UNDECLARED manifest',
      'UNDECLARED source',
      'UNDECLARED manifest',
      'UNDECLARED source',
    ]);
    const [, , onManifest, onSource] = views.findings;
    assert.match(
      onManifest?.message ?? '',
      /Network: reaching `api\.example\.com` is used, and not granted/u,
    );
    assert.match(onManifest?.fix?.title ?? '', /the plugin can send there whatever it knows/u);
    assert.equal(onManifest?.related?.[0]?.range.start.line, 2);
    assert.equal(onSource?.range.start.line, 2);
    assert.match(onSource?.message ?? '', /"domains": \["api\.example\.com"\]/u);
  });

  test('what every plugin may do needs no grant', () => {
    const views = viewsOf(aihub({}), [
      needOf('filesystem read ./templates/a.html'),
      needOf('filesystem write /tmp/x'),
      needOf('environment read HOME'),
      needOf('environment read NODE_ENV'),
      needOf('worker start'),
      needOf('network listen'),
    ]);
    assert.ok(
      verdictsOf(views).every(line => line.endsWith(' free')),
      verdictsOf(views).join('\n'),
    );
    assert.deepEqual(views.findings, []);
  });

  test('asked of the host, the plugin’s own folder needs a grant', () => {
    const views = viewsOf(aihub({}), [needOf('filesystem read ./notes/a.txt', { through: 'sdk' })]);
    assert.deepEqual(codesOf(views), ['UNDECLARED manifest', 'UNDECLARED source']);
  });

  test('nobody cries wolf over what only a run tells, over guesses and over habits of packages', () => {
    const views = viewsOf(aihub({}), [
      needOf('network connect *'),
      needOf('filesystem read *'),
      needOf('process run git', { confidence: 'low' }),
      needOf('network connect x.example.com', { confidence: 'low', through: 'package' }),
    ]);
    assert.deepEqual(views.findings, []);
    assert.ok(verdictsOf(views).every(line => line.endsWith(' unclear')));
  });

  test('a part that fits is enough: what is not known may be just that', () => {
    const views = viewsOf(
      aihub({
        filesystem: { write: ['./out/*.json'] },
        network: { domains: ['api.example.com'], protocols: ['https'] },
      }),
      [needOf('filesystem write ./out/*'), needOf('network connect *.example.com')],
    );
    assert.deepEqual(views.findings, []);
  });

  test('another protocol or method than the granted ones is not granted', () => {
    const https = { network: { domains: ['api.example.com'], protocols: ['https'] } };
    const plain = viewsOf(aihub(https), [needOf('network connect api.example.com', { protocols: ['http'] })]);
    assert.ok(codesOf(plain).includes('UNDECLARED source'));
    const readOnly = logomesh([
      {
        id: 'n',
        scope: 'network',
        permissions: ['fetch'],
        hosts: ['api.example.com'],
        restrictions: { methods: ['GET'] },
      },
    ]);
    const post = viewsOf(readOnly, [needOf('network connect api.example.com', { methods: ['POST'] })]);
    assert.ok(codesOf(post).includes('UNDECLARED source'));
    assert.deepEqual(
      viewsOf(readOnly, [needOf('network connect api.example.com', { methods: ['GET'] })]).findings,
      [],
    );
  });

  test('a grant nothing uses is told, with the way to take it back', () => {
    const reading = aihub({ filesystem: { read: ['./data/**'] }, system: { clipboard: true } });
    const views = viewsOf(reading, [needOf('system clipboard read')]);
    assert.deepEqual(codesOf(views), ['UNUSED manifest']);
    assert.match(views.findings[0]?.fix?.title ?? '', /Take back filesystem: reading `\.\/data\/\*\*`/u);
  });

  test('nothing is called unused where not all source and packages are known, or a use is not clear', () => {
    const reading = aihub({
      filesystem: { read: ['./data/**'] },
      network: { domains: ['a.example.com'], protocols: ['https'] },
    });
    assert.deepEqual(viewsOf(reading, [], undefined, false).findings, []);
    const unclear = [
      needOf('filesystem read *'),
      needOf('network connect *', { confidence: 'low', through: 'package' }),
    ];
    assert.deepEqual(viewsOf(reading, unclear).findings, []);
  });

  test('a grant that begins further up than its use is wider, one for the folder in use is not', () => {
    const use = [
      needOf('filesystem write ./data/cache/a.json'),
      needOf('filesystem write ./data/cache/b.json'),
    ];
    const wide = viewsOf(aihub({ filesystem: { write: ['./**'] } }), use);
    assert.deepEqual(codesOf(wide), ['WIDER manifest']);
    assert.deepEqual(wide.rows[0]?.narrower, ['./data/cache/**']);
    const bare = viewsOf(aihub({ filesystem: { write: ['data/**'] } }), use);
    assert.deepEqual(bare.rows[0]?.narrower, ['data/cache/**'], 'written as the manifest writes it');
    assert.deepEqual(viewsOf(aihub({ filesystem: { write: ['./data/cache/**'] } }), use).findings, []);
  });

  test('hosts of anybody are narrowed to those that are known, unless some are not', () => {
    const reading = aihub({ network: { domains: ['*.example.com'], protocols: ['https'] } });
    const known = [needOf('network connect a.example.com'), needOf('network connect b.example.com')];
    assert.deepEqual(viewsOf(reading, known).rows[0]?.narrower, ['a.example.com', 'b.example.com']);
    assert.deepEqual(viewsOf(reading, [...known, needOf('network connect *')]).findings, []);
  });

  test('what is granted and was refused each time, and what was refused and is nowhere to be seen', () => {
    const views = viewsOf(
      aihub({ filesystem: { read: ['./data/**'] } }),
      [needOf('filesystem read ./data/a', { through: 'sdk' })],
      runsOf('!filesystem read ./data/a', '!filesystem read ./data/a', '!network connect evil.example.com'),
    );
    assert.deepEqual(codesOf(views), ['DENIED manifest', 'REFUSED manifest']);
    assert.match(views.findings[0]?.message ?? '', /twice/u);
  });

  test('the words of each plugin system', () => {
    const show = needOf('system notifications', { through: 'sdk' });
    assert.deepEqual(viewsOf(guide({ ui: { write: true } }), [show]).findings, []);
    assert.deepEqual(
      viewsOf(logomesh([{ id: 'u', scope: 'ui', permissions: ['notifications'] }]), [show]).findings,
      [],
    );
    const missing = viewsOf(guide({}), [show]);
    assert.match(missing.findings[0]?.message ?? '', /not granted/u);
    assert.ok(missing.findings[0]?.fix);
  });

  test('what a plugin system has no words for is said once in the source; one that grants nothing is left alone', () => {
    const run = needOf('process run git');
    const views = viewsOf(guide({ storage: { read: true, write: true } }), [
      run,
      needOf('storage read a', { through: 'sdk' }),
      needOf('storage write a', { through: 'sdk' }),
    ]);
    assert.deepEqual(codesOf(views), ['UNGRANTABLE source']);
    assert.equal(views.findings[0]?.severity, 'info');
    assert.deepEqual(viewsOf(forgeai(), [run, needOf('network connect api.example.com')]).findings, []);
  });

  test('commands, events and methods of others stand in other fields', () => {
    const reading = logomesh([], {
      coordination: { messaging: true, exposesMethods: ['greet'], consumesMethods: ['sum'] },
    });
    const through = 'sdk' as const;
    const views = viewsOf(reading, [
      needOf('commands register greet', { through }),
      needOf('commands register other', { through }),
      needOf('messages call sum', { through }),
      needOf('messages call product', { through }),
      needOf('events emit done', { through }),
      needOf('events subscribe x.*', { through }),
    ]);
    assert.deepEqual(
      verdictsOf(views).filter(line => line.endsWith('undeclared')),
      ['commands register other undeclared', 'messages call product undeclared'],
    );
  });
});
