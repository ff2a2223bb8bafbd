import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';
import { secretAround } from './secret-names.ts';

export const weakRandomRule: Rule = {
  id: 'PW-RS-WEAK-RANDOM',
  title: 'A secret is made of numbers that can be guessed',
  category: 'weak-crypto',
  cwe: 338,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Whoever sees a few of the numbers, or knows the seed, knows those to come: tokens, passwords and keys made of them can be guessed.',
    remedy: 'Take them from the system: `OsRng`, `rand::rng()`, `getrandom`, `ring::rand::SystemRandom`.',
    bad: `fn session_token() -> String {
    std::iter::repeat_with(fastrand::alphanumeric).take(32).map(|_| fastrand::alphanumeric()).collect()
}`,
    good: `fn session_token() -> String {
    rand::distributions::Alphanumeric.sample_string(&mut rand::rngs::OsRng, 32)
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        'fastrand.u8 fastrand.u16 fastrand.u32 fastrand.u64 fastrand.u128 fastrand.usize fastrand.i32 fastrand.i64 fastrand.char fastrand.alphanumeric fastrand.alphabetic fastrand.digit fastrand.lowercase fastrand.uppercase fastrand.fill fastrand.choice fastrand.Rng.new fastrand.Rng.with_seed fastrand.choose_multiple',
        'rand.rngs.SmallRng.from_entropy rand.rngs.SmallRng.seed_from_u64 rand.rngs.SmallRng.from_seed rand.rngs.SmallRng.from_rng rand.rngs.SmallRng.from_os_rng rand.rngs.StdRng.seed_from_u64 rand.rngs.StdRng.from_seed rand_chacha.ChaCha20Rng.seed_from_u64 rand_chacha.ChaCha8Rng.seed_from_u64 rand_chacha.ChaCha20Rng.from_seed rand_chacha.ChaCha8Rng.from_seed rand_chacha.ChaCha12Rng.seed_from_u64',
        'rand_pcg.Pcg64.new rand_pcg.Pcg64.seed_from_u64 rand_pcg.Pcg32.new rand_pcg.Pcg32.seed_from_u64 rand_pcg.Pcg64Mcg.new rand_xorshift.XorShiftRng.from_seed rand_xorshift.XorShiftRng.seed_from_u64 rand_xoshiro.Xoshiro256PlusPlus.seed_from_u64 rand_xoshiro.Xoshiro256StarStar.seed_from_u64 rand_xoshiro.SplitMix64.seed_from_u64',
        'oorandom.Rand32.new oorandom.Rand64.new nanorand.WyRand.new nanorand.WyRand.new_seed nanorand.tls_rng wyrand.WyRand.new tinyrand.StdRand.seed libc.rand libc.random libc.srand libc.drand48 js_sys.Math.random turborand.rng.Rng.new rand.rngs.mock.StepRng.new rand_mt.Mt19937GenRand32.new rand_mt.Mt64.new quad_rand.rand quad_rand.gen_range',
      ),
      check: (call, context) => {
        if (
          call.method.startsWith('from_') &&
          call.args.length > 0 &&
          call.args.every(({ value }) => !context.values.isFixed(value)) &&
          !/small/i.test(call.paths[0] ?? '')
        )
          return;
        const about = secretAround(call.node, context);
        if (about === undefined) return;
        context.report(call.node, {
          message: `\`${about}\` is made of numbers that can be guessed (\`${call.method}\`).`,
        });
      },
    },
  ],
};
