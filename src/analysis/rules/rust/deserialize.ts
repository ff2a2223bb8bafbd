import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const deserializeRule = sinkRule({
  id: 'PW-RS-DESERIALIZE',
  title: 'Data of others is read without bounds or checks',
  category: 'deserialization',
  cwe: 502,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Formats that say how long their parts are can ask for memory without end, and those that are taken as they lie in memory make anything of it.',
    remedy:
      'Set a limit (`bincode::options().with_limit`), check archives before access, and take JSON for what comes from outside.',
    bad: `async fn load(body: axum::body::Bytes) {
    let state: State = bincode::deserialize(&body).unwrap();
}`,
    good: `async fn load(body: axum::body::Bytes) {
    let state: State = serde_json::from_slice(&body).unwrap();
}`,
  },
  does: 'is read without a limit',
  sinks: [
    {
      call: calls(
        'bincode.deserialize bincode.deserialize_from serde_pickle.from_slice serde_pickle.from_reader serde_pickle.value_from_slice serde_yaml.from_str serde_yaml.from_slice serde_yaml.from_reader rmp_serde.from_slice rmp_serde.from_read rmp_serde.decode.from_slice rmp_serde.decode.from_read ciborium.from_reader ciborium.de.from_reader serde_cbor.from_slice serde_cbor.from_reader ron.from_str ron.de.from_str ron.de.from_bytes postcard.from_bytes borsh.from_slice bson.from_slice bson.Document.from_reader serde_lexpr.from_str speedy.Readable.read_from_buffer flexbuffers.from_slice php_serde.from_bytes serde_xml_rs.from_str quick_xml.de.from_str',
      ),
      from: 'user',
    },
    {
      call: calls(
        'rkyv.archived_root rkyv.access_unchecked rkyv.from_bytes_unchecked rkyv.util.archived_root rkyv.archived_value flatbuffers.root_unchecked abomonation.decode zerocopy.Ref.new_unaligned',
      ),
      argument: 'any',
      from: 'always',
      does: 'Bytes are taken for a value without a check',
    },
  ],
});
