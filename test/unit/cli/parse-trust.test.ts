import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTrust } from '../../../src/cli/parse-trust.ts';

describe('the trust on the command line', () => {
  it('is taken in one by one, the last word on a plugin counting', () => {
    const first = parseTrust('a=partner', {});
    assert.deepEqual(parseTrust('b.c=internal', first), { a: 'partner', 'b.c': 'internal' });
    assert.deepEqual(parseTrust('a=untrusted', first), { a: 'untrusted' });
  });

  it('is refused when it is none, with the levels there are', () => {
    for (const text of ['a', 'a=', '=partner', 'a=friend', 'a=Partner', ''])
      assert.throws(() => parseTrust(text, {}), /untrusted, partner, internal/, text);
  });
});
