import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildFilter, buildOciProfile } from '../../../src/sandbox/seccomp/index.ts';
import { numberOf, syscallNames } from '../../../src/sandbox/seccomp/numbers.ts';
import type { OciProfile, OciRule } from '../../../src/sandbox/seccomp/oci.ts';
import { auditArchitecture, judgedSyscalls } from '../../../src/sandbox/seccomp/syscalls.ts';
import { interpret } from './bpf-interpreter.ts';

const allow = 0x7fff0000;
const errno = (number: number): number => 0x00050000 | number;

/** What a container runtime makes of the profile: the first rule that fits; no two that fit may disagree. */
function judge(profile: OciProfile, name: string, args: readonly bigint[]): number {
  const fits = ({ names, args: wanted = [] }: OciRule): boolean =>
    names.includes(name) &&
    wanted.every(({ index, value, valueTwo }) => ((args[index] ?? 0n) & BigInt(value)) === BigInt(valueTwo));
  const verdicts = profile.syscalls
    .filter(fits)
    .map(({ action, errnoRet = 0 }) => (action === 'SCMP_ACT_ALLOW' ? allow : errno(errnoRet)));
  assert.ok(new Set(verdicts).size <= 1, `${name}(${args}) is judged in two ways`);
  return verdicts[0] ?? errno(profile.defaultErrnoRet);
}

/** Values near those that are judged, with and without a high word, which the kernel does not look at. */
const values = [
  0, 1, 2, 3, 5, 10, 11, 16, 40, 0x11, 0x20000, 0x5401, 0x5411, 0x5412, 0x541c, 0x10000000, 0x40000000,
  0x80001, 0x80802, 0xffffffff,
]
  .map(BigInt)
  .flatMap(value => [value, value + (1n << 32n)]);

for (const architecture of ['x64', 'arm64'] as const) {
  describe(`the filter as a container runtime takes it, on ${architecture}`, () => {
    for (const refused of [[], ['mkdirat', 'socket', 'no_such_call']]) {
      it(`judges every call as the sandbox does, with ${refused.length} more refused`, () => {
        const profile = buildOciProfile(architecture, refused);
        const filter = buildFilter(architecture, refused);
        let compared = 0;
        for (const name of syscallNames) {
          const syscall = numberOf(name, architecture);
          if (syscall === undefined) continue;
          // The others are judged by their name alone.
          const tried = Object.hasOwn(judgedSyscalls, name) ? values : [0n];
          for (const first of tried) {
            for (const second of tried) {
              const args = [first, second];
              const wanted = interpret(filter, {
                syscall,
                architecture: auditArchitecture[architecture],
                args,
              });
              assert.equal(judge(profile, name, args), wanted, `${name}(${args})`);
              compared++;
            }
          }
        }
        assert.ok(compared > 8000);
      });
    }

    it('takes what it does not know for a call that does not exist', () => {
      assert.equal(judge(buildOciProfile(architecture), 'a_later_call', []), errno(38));
    });
  });
}
