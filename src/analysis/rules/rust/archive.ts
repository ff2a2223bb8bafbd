import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const archiveRule = sinkRule({
  id: 'PW-RS-ARCHIVE',
  title: 'A compressed file of others is unpacked without a limit',
  category: 'other',
  cwe: 409,
  severity: 'warning',
  confidence: 'low',
  languages: rust,
  docs: {
    risk: 'A few kilobytes can unpack to terabytes and fill memory or disk.',
    remedy: 'Read through `.take(limit)`.',
    bad: `async fn load(body: axum::body::Bytes) {
    let data = zstd::decode_all(&body[..]).unwrap();
}`,
    good: `async fn load(body: axum::body::Bytes) {
    let reader = zstd::Decoder::new(&body[..]).unwrap().take(1_000_000);
}`,
  },
  does: 'is unpacked without a limit',
  sinks: [
    {
      call: calls(
        'zstd.decode_all zstd.stream.decode_all lz4_flex.decompress_size_prepended snap.raw.Decoder.decompress_vec miniz_oxide.inflate.decompress_to_vec inflate.inflate_bytes',
      ),
      from: 'user',
    },
  ],
});
