use super::{Date, Value};
use crate::{base64, json, Json};

/// The whole numbers that every language reads as such.
const SAFE: i64 = (1 << 53) - 1;

/// Puts tags around what plain JSON does not carry to every language.
pub(super) fn tag(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(whole) if (-SAFE..=SAFE).contains(whole) => Json::Int(*whole),
        Value::Int(whole) => json!({ "$int": whole.to_string() }),
        Value::UInt(whole) => json!({ "$int": whole.to_string() }),
        Value::Float(float) if float.is_nan() => json!({ "$float": "NaN" }),
        Value::Float(float) if float.is_infinite() => {
            json!({ "$float": if *float > 0.0 { "Infinity" } else { "-Infinity" } })
        }
        Value::Float(float) if *float == 0.0 && float.is_sign_negative() => json!({ "$float": "-0" }),
        // Readers and writers of JSON between here and there may not tell 2.0 from 2.
        Value::Float(float) if float.fract() == 0.0 && float.abs() <= SAFE as f64 => {
            json!({ "$float": (*float as i64).to_string() })
        }
        Value::Float(float) => Json::Float(*float),
        Value::String(text) => Json::String(text.clone()),
        Value::Bytes(bytes) => json!({ "$bytes": base64::encode(bytes) }),
        Value::Date(date) => json!({ "$date": date.to_string() }),
        Value::List(list) => list.iter().map(tag).collect(),
        Value::Map(members) => {
            let inner = Json::Object(members.iter().map(|(key, one)| (key.clone(), tag(one))).collect());
            if members.len() == 1 && members.keys().all(|key| key.starts_with('$')) {
                return json!({ "$map": inner });
            }
            inner
        }
    }
}

/// Takes them away again.
pub(super) fn untag(value: Json) -> Result<Value, String> {
    match value {
        Json::Array(list) => list.into_iter().map(untag).collect::<Result<Vec<_>, _>>().map(Value::List),
        Json::Object(members) => match members.iter().next() {
            Some((key, inner)) if members.len() == 1 && key.starts_with('$') => read_tag(key, inner),
            _ => untag_members(Json::Object(members)),
        },
        Json::Int(whole) if !(-SAFE..=SAFE).contains(&whole) => Ok(Value::Float(whole as f64)),
        Json::UInt(whole) => Ok(Value::Float(whole as f64)),
        other => Ok(other.into()),
    }
}

fn read_tag(key: &str, inner: &Json) -> Result<Value, String> {
    let wrong = || format!("What was written there holds a {key} that can't be read.");
    match (key, inner) {
        ("$int", Json::String(text)) => read_int(text).ok_or_else(wrong),
        ("$float", Json::String(text)) => read_float(text).map(Value::Float).ok_or_else(wrong),
        // Unused bits are zero: what was read is written the same.
        ("$bytes", Json::String(text)) => base64::decode(text)
            .filter(|bytes| base64::encode(bytes) == *text)
            .map(Value::Bytes)
            .ok_or_else(wrong),
        ("$date", Json::String(text)) => Date::parse(text).map(Value::Date).ok_or_else(wrong),
        ("$map", Json::Object(_)) => untag_members(inner.clone()),
        _ => Err(wrong()),
    }
}

/// One that needs a tag: what JSON has no word for, and what it would not tell from an integer.
pub(crate) fn read_float(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        "-0" => Some(-0.0),
        _ => match read_int(text)? {
            Value::Int(whole) if (-SAFE..=SAFE).contains(&whole) => Some(whole as f64),
            _ => None,
        },
    }
}

/// Decimal, without leading zeros and without a plus.
fn read_int(text: &str) -> Option<Value> {
    let value = match text.parse::<i64>() {
        Ok(whole) => Value::Int(whole),
        Err(_) => Value::UInt(text.parse().ok()?),
    };
    let written = match &value {
        Value::Int(whole) => whole.to_string(),
        Value::UInt(whole) => whole.to_string(),
        _ => return None,
    };
    (written == text).then_some(value)
}

fn untag_members(value: Json) -> Result<Value, String> {
    let Json::Object(members) = value else { return Ok(value.into()) };
    let read = members.into_iter().map(|(key, one)| Ok((key, untag(one)?)));
    read.collect::<Result<_, String>>().map(Value::Map)
}

/// True when an escape stands for half of a pair, which no other language could read. The text is JSON.
pub(super) fn has_half_character(text: &[u8]) -> bool {
    let escape = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut at = 0;
    while at < text.len() {
        at += match (text[at], escape(at)) {
            (b'\\', Some(0xd800..=0xdbff)) => {
                if !matches!(escape(at + 6), Some(0xdc00..=0xdfff)) {
                    return true;
                }
                12
            }
            (b'\\', Some(0xdc00..=0xdfff)) => return true,
            (b'\\', _) => 2,
            _ => 1,
        };
    }
    false
}
