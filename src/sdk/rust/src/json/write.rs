use std::fmt::{self, Write};

use super::Json;

/// Compact JSON.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(value) => write!(f, "{value}"),
            Json::Int(value) => write!(f, "{value}"),
            Json::UInt(value) => write!(f, "{value}"),
            // The debug form keeps `1.0` apart from `1`.
            Json::Float(value) if value.is_finite() => write!(f, "{value:?}"),
            Json::Float(_) => f.write_str("null"),
            Json::String(value) => write_string(f, value),
            Json::Array(list) => {
                f.write_char('[')?;
                for (at, one) in list.iter().enumerate() {
                    if at > 0 {
                        f.write_char(',')?;
                    }
                    one.fmt(f)?;
                }
                f.write_char(']')
            }
            Json::Object(members) => {
                f.write_char('{')?;
                for (at, (key, one)) in members.iter().enumerate() {
                    if at > 0 {
                        f.write_char(',')?;
                    }
                    write_string(f, key)?;
                    f.write_char(':')?;
                    one.fmt(f)?;
                }
                f.write_char('}')
            }
        }
    }
}

fn write_string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        f.write_str(&text[written..at])?;
        written = at + 1;
        match byte {
            b'"' => f.write_str("\\\"")?,
            b'\\' => f.write_str("\\\\")?,
            b'\n' => f.write_str("\\n")?,
            b'\r' => f.write_str("\\r")?,
            b'\t' => f.write_str("\\t")?,
            _ => write!(f, "\\u{byte:04x}")?,
        }
    }
    f.write_str(&text[written..])?;
    f.write_char('"')
}

/// True when arrays and objects stand deeper within one another than `levels`.
pub(crate) fn nests_deeper(value: &Json, levels: usize) -> bool {
    match value {
        Json::Array(list) => levels == 0 || list.iter().any(|one| nests_deeper(one, levels - 1)),
        Json::Object(members) => levels == 0 || members.values().any(|one| nests_deeper(one, levels - 1)),
        _ => false,
    }
}
