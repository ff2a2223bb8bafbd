import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kindOfAddress } from '../../../../src/sandbox/network/address.ts';
import { allows, allowsAddress } from '../../../../src/sandbox/network/rules.ts';
import { normalizeHost, readTarget, writeTarget } from '../../../../src/sandbox/network/target.ts';

describe('the kind of an address', () => {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    public: [
      '1.1.1.1',
      '9.255.255.255',
      '172.32.0.1',
      '100.128.0.1',
      '2606:4700::1111',
      '::ffff:8.8.8.8',
      '64:ff9b::808:808',
    ],
    loopback: ['127.0.0.1', '127.255.0.9', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::127.0.0.1'],
    private: [
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      '198.18.0.1',
      'fd00::1',
      'fc00::1',
      '::ffff:10.1.2.3',
    ],
    linkLocal: ['169.254.169.254', 'fe80::1', 'febf::1', '::ffff:169.254.169.254'],
    reserved: [
      '0.0.0.0',
      '0.1.2.3',
      '192.0.2.1',
      '203.0.113.9',
      '224.0.0.1',
      '239.1.1.1',
      '240.0.0.1',
      '255.255.255.255',
      '::',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
      '::127.0.0.1',
      '100::1',
      '4000::1',
    ],
    invalid: ['example.com', '', '127.1', '0x7f000001', 'fe80::1%eth0', '1.2.3.4.5', '[::1]', ' 127.0.0.1'],
  };
  for (const [kind, addresses] of Object.entries(kinds)) {
    it(`${kind} is told`, () => {
      for (const address of addresses) assert.equal(kindOfAddress(address), kind, address);
    });
  }
});

describe('the one spelling of a host', () => {
  const same: readonly (readonly [string, string | undefined])[] = [
    ['Example.COM.', 'example.com'],
    ['2130706433', '127.0.0.1'],
    ['0x7f.1', '127.0.0.1'],
    ['0177.0.0.1', '127.0.0.1'],
    ['127.1', '127.0.0.1'],
    ['[0:0::1]', '::1'],
    ['::ffff:7f00:1', '::ffff:7f00:1'],
    ['BÜCHER.de', 'xn--bcher-kva.de'],
    ['ｅxample。com', 'example.com'],
    ['ex%61mple.com', undefined],
    ['a@b.com', undefined],
    ['a.com\\.b.com', undefined],
    ['a.com/b', undefined],
    ['a b.com', undefined],
    ['a.com\t', undefined],
    ['a..com', undefined],
    ['.', undefined],
    ['', undefined],
    ['[fe80::1%25eth0]', undefined],
    ['fe80::1%eth0', undefined],
    ['*', undefined],
    ['*.a.com', undefined],
    ['1.2.3.4.5', undefined],
    ['256.1.1.1', undefined],
  ];
  for (const [text, expected] of same) {
    it(`of ${JSON.stringify(text)} is ${expected}`, () => assert.equal(normalizeHost(text), expected));
  }

  it('is written with a port that is not usual', () => {
    assert.deepEqual(readTarget('A.com', 443), { host: 'a.com', port: 443, isAddress: false });
    assert.deepEqual(readTarget('[::1]:8080'), { host: '::1', port: 8080, isAddress: true });
    for (const text of ['a.com', 'a.com:0', 'a.com:65536', 'a.com:80:80', 'a.com:+80', 'user@a.com:80'])
      assert.equal(readTarget(text), undefined, text);
    assert.equal(writeTarget({ host: '::1', port: 8080, isAddress: true }, 'http'), '[::1]:8080');
    assert.equal(writeTarget({ host: 'a.com', port: 443, isAddress: false }, 'https'), 'a.com');
    assert.equal(writeTarget({ host: 'a.com', port: 443, isAddress: false }, 'http'), 'a.com:443');
  });
});

describe('a rule', () => {
  const use = (url: string, method = 'GET') => {
    const { protocol, host } = new URL(url);
    const name = protocol.slice(0, -1);
    const target = readTarget(host, name === 'https' || name === 'wss' ? 443 : 80);
    assert.ok(target);
    return { protocol: name, target, method };
  };
  const cases: readonly (readonly [rule: string, allowed: readonly string[], refused: readonly string[]])[] =
    [
      [
        'api.example.com',
        [
          'https://api.example.com/',
          'http://api.example.com/',
          'https://API.example.com./',
          'wss://api.example.com/',
        ],
        [
          'https://example.com/',
          'https://x.api.example.com/',
          'https://api.example.com:8443/',
          'https://api.example.com:80/',
          'https://api.example.com.evil.net/',
          'https://evilapi.example.com/',
        ],
      ],
      [
        '*.example.com',
        ['https://a.example.com/', 'https://a.b.example.com/'],
        [
          'https://example.com/',
          'https://aexample.com/',
          'https://a.example.com.evil.net/',
          'https://1.2.3.4/',
        ],
      ],
      [
        'localhost:8080',
        ['http://localhost:8080/', 'https://localhost:8080/'],
        ['http://localhost/', 'http://127.0.0.1:8080/'],
      ],
      [
        '127.0.0.1:8080',
        ['http://127.0.0.1:8080/', 'http://2130706433:8080/', 'http://0x7f.1:8080/'],
        ['http://127.0.0.2:8080/', 'http://localhost:8080/', 'http://127.0.0.1/'],
      ],
      [
        '[::1]:8080',
        ['http://[::1]:8080/', 'http://[0:0::1]:8080/'],
        ['http://[::2]:8080/', 'http://127.0.0.1:8080/'],
      ],
      [
        '*',
        ['https://anything.org/', 'http://1.2.3.4/'],
        ['https://anything.org:8443/', 'http://localhost/', 'http://x.localhost/'],
      ],
      ['bücher.de', ['https://xn--bcher-kva.de/'], ['https://bucher.de/']],
      ['https://a.com', [], ['https://a.com/']],
      ['user@a.com', [], ['https://a.com/']],
      ['*.1.2.3.4', [], ['https://1.2.3.4/']],
    ];
  for (const [host, allowed, refused] of cases) {
    it(`for ${host}`, () => {
      for (const url of allowed) assert.equal(allows({ host }, use(url)), true, url);
      for (const url of refused) assert.equal(allows({ host }, use(url)), false, url);
    });
  }

  it('bounds protocols and methods, and allows no tunnel where methods are bounded', () => {
    const rule = { host: 'a.com', protocols: ['https'], methods: ['get', 'HEAD'] };
    assert.equal(allows(rule, use('https://a.com/')), true);
    assert.equal(allows(rule, use('http://a.com/')), false);
    assert.equal(allows(rule, use('https://a.com/', 'POST')), false);
    assert.equal(allows(rule, { ...use('https://a.com/'), method: undefined }), false);
    assert.equal(allows({ host: 'a.com', protocols: [] }, use('https://a.com/')), false);
  });

  it('leads to the internet, unless it names the very address', () => {
    const leads = (host: string, address: string) => allowsAddress({ host }, address, ['5.6.7.8']);
    assert.equal(leads('a.com', '1.1.1.1'), true);
    for (const address of [
      '127.0.0.1',
      '10.0.0.1',
      '::1',
      '169.254.169.254',
      '5.6.7.8',
      '::ffff:5.6.7.8',
      '0.0.0.0',
      'x',
    ])
      for (const host of ['a.com', '*.a.com', '*', 'a.com:8080'])
        assert.equal(leads(host, address), false, address);
    assert.equal(leads('localhost:1', '127.0.0.1'), true);
    assert.equal(leads('localhost:1', '::1'), true);
    assert.equal(leads('localhost:1', '10.0.0.1'), false);
    assert.equal(leads('10.0.0.1', '10.0.0.1'), true);
    assert.equal(leads('10.0.0.1', '10.0.0.2'), false);
  });
});
