import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registryTables } from '../../../../src/host/builds/cargo-registries.ts';

describe('registryTables', () => {
  it('keeps where packages come from, without credentials and without what could run', () => {
    const text = `
[build]
rustc-wrapper = "/home/ada/bin/sccache"

[source.crates-io]
replace-with = "mirror"

[source."mirror"] # ours
registry = "sparse+https://crates.example/"

[registries.ours]
index = "sparse+https://ours.example/"
token = "secret"
credential-provider = ["/home/ada/bin/cred"]

[registry]
global-credential-providers = [
  "cargo:token",
]
default = "ours"

[target.x86_64-unknown-linux-gnu]
runner = "/home/ada/bin/run"

[http]
cainfo = "/etc/ssl/ca.pem"
`;
    const kept = registryTables(text);
    assert.match(kept, /^\[source\.crates-io\]\nreplace-with = "mirror"\n\[source\."mirror"\]\nregistry = /);
    assert.match(kept, /\[registries\.ours\]\nindex = "sparse\+https:\/\/ours\.example\/"\n/);
    assert.match(kept, /default = "ours"/);
    assert.match(kept, /cainfo = "\/etc\/ssl\/ca\.pem"/);
    assert.doesNotMatch(kept, /secret|token|cred|runner|sccache|home/);
  });

  it('takes dotted keys before the first table', () => {
    assert.equal(
      registryTables('source.crates-io.replace-with = "m"\nbuild.jobs = 2\n'),
      'source.crates-io.replace-with = "m"\n',
    );
  });

  it('gives nothing where nothing is about registries', () => {
    assert.equal(registryTables(''), '');
    assert.equal(registryTables('[build]\njobs = 2\n[source]\n'), '');
  });
});
