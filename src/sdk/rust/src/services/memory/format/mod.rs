//! Values in a segment, in the formats that all languages share.

mod msgpack;
mod protobuf;
mod reader;
mod tagged;

use crate::Json;

/// How a value is written into a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Text, with a tag around what JSON lacks.
    Json,
    /// Compact, and quick to read.
    #[default]
    MessagePack,
    /// For readers that have its schema.
    Protobuf,
}

/// Lists and maps within one another that are read.
const MAX_DEPTH: usize = 64;

impl Format {
    pub(super) fn number(self) -> u32 {
        match self {
            Format::Json => 1,
            Format::MessagePack => 2,
            Format::Protobuf => 3,
        }
    }

    pub(super) fn encode(self, value: &Json) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Format::Json => out.extend_from_slice(tagged::tag(value).to_string().as_bytes()),
            Format::MessagePack => msgpack::write(value, &mut out),
            Format::Protobuf => protobuf::write(value, &mut out),
        }
        out
    }
}

/// Reads a payload of the format of that number; what it holds can be bytes or a date, for which there is no word here.
pub(super) fn decode(number: u32, payload: &[u8]) -> Result<Json, String> {
    match number {
        0 => Err("Nothing was written there yet.".to_owned()),
        1 => {
            let text = std::str::from_utf8(payload).map_err(|error| error.to_string())?;
            tagged::untag(text.parse::<Json>().map_err(|error| error.to_string())?)
        }
        2 => reader::whole(payload, |reader| msgpack::read(reader, MAX_DEPTH)),
        3 => reader::whole(payload, |reader| protobuf::read(reader, MAX_DEPTH)),
        _ => Err(format!("There is no format {number}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn all_formats_hand_back_what_was_written() {
        let values = [
            json!({ "list": [1, "two", null], "yes": true, "deep": { "é": [[], {}] } }),
            json!([
                0,
                127,
                128,
                255,
                256,
                65_535,
                65_536,
                4_294_967_295_u64,
                4_294_967_296_u64,
                i64::MAX,
                u64::MAX
            ]),
            json!([-1, -32, -33, -128, -129, -32_768, -32_769, -2_147_483_649_i64, i64::MIN]),
            json!([0.5, -1e300, f64::INFINITY, -0.0]),
            json!({ "$int": "5" }),
            json!(["x".repeat(31), "x".repeat(32), "x".repeat(256), "x".repeat(70_000)]),
            Json::from(vec![Json::Null; 70_000]),
        ];
        for value in values {
            for format in [Format::Json, Format::MessagePack, Format::Protobuf] {
                assert_eq!(decode(format.number(), &format.encode(&value)), Ok(value.clone()), "{format:?}");
            }
        }
    }

    #[test]
    fn writes_what_others_read() {
        let value = json!({ "a": [1, -1, true, null, "é"] });
        let msgpack = [0x81, 0xa1, b'a', 0x95, 1, 0xff, 0xc3, 0xc0, 0xa2, 0xc3, 0xa9];
        assert_eq!(Format::MessagePack.encode(&value), msgpack);
        let list = [
            0x0a, 2, 0x18, 2, 0x0a, 2, 0x18, 1, 0x0a, 2, 0x10, 1, 0x0a, 2, 8, 0, 0x0a, 4, 0x32, 2, 0xc3, 0xa9,
        ];
        let mut protobuf = vec![0x52, 31, 0x0a, 29, 0x0a, 1, b'a', 0x12, 24, 0x4a, 22];
        protobuf.extend_from_slice(&list);
        assert_eq!(Format::Protobuf.encode(&value), protobuf);
    }

    #[test]
    fn refuses_what_is_broken() {
        for (number, payload) in [
            (0, &b""[..]),
            (1, b"{"),
            (1, b"{\"$odd\":1}"),
            (2, b""),
            (2, &[0xc0, 0xc0]),
            (2, &[0x92, 1]),
            (2, &[0xdd, 0xff, 0xff, 0xff, 0xff]),
            (2, &[0xa1, 0xff]),
            (3, b""),
            (3, &[0x52, 5, 1]),
            (3, &[8, 0, 8, 0]),
            (9, b""),
        ] {
            assert!(decode(number, payload).is_err(), "{number} {payload:?}");
        }
        assert!(decode(2, &[0x91; 1000]).is_err());
    }
}
