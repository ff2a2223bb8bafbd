use crate::{json, Json};

/// The whole numbers that every language reads as such.
const SAFE: i64 = (1 << 53) - 1;

/// Puts tags around what plain JSON does not carry to every language.
pub(super) fn tag(value: &Json) -> Json {
    match value {
        Json::Int(whole) if !(-SAFE..=SAFE).contains(whole) => json!({ "$int": whole.to_string() }),
        Json::UInt(whole) => json!({ "$int": whole.to_string() }),
        Json::Float(float) if float.is_nan() => json!({ "$float": "NaN" }),
        Json::Float(float) if float.is_infinite() => {
            json!({ "$float": if *float > 0.0 { "Infinity" } else { "-Infinity" } })
        }
        Json::Float(float) if *float == 0.0 && float.is_sign_negative() => json!({ "$float": "-0" }),
        Json::Array(list) => list.iter().map(tag).collect(),
        Json::Object(members) => {
            let inner = Json::Object(members.iter().map(|(key, one)| (key.clone(), tag(one))).collect());
            if members.len() == 1 && members.keys().all(|key| key.starts_with('$')) {
                return json!({ "$map": inner });
            }
            inner
        }
        other => other.clone(),
    }
}

/// Takes them away again.
pub(super) fn untag(value: Json) -> Result<Json, String> {
    match value {
        Json::Array(list) => list.into_iter().map(untag).collect::<Result<Vec<_>, _>>().map(Json::Array),
        Json::Object(members) => match members.iter().next() {
            Some((key, inner)) if members.len() == 1 && key.starts_with('$') => read_tag(key, inner),
            _ => untag_members(Json::Object(members)),
        },
        Json::Int(whole) if !(-SAFE..=SAFE).contains(&whole) => Ok(Json::Float(whole as f64)),
        Json::UInt(whole) => Ok(Json::Float(whole as f64)),
        other => Ok(other),
    }
}

fn read_tag(key: &str, inner: &Json) -> Result<Json, String> {
    let wrong = || format!("What was written there holds a {key} that can't be read.");
    match (key, inner) {
        ("$int", Json::String(text)) => match text.parse::<i64>() {
            Ok(whole) => Ok(Json::Int(whole)),
            Err(_) => text.parse().map(Json::UInt).map_err(|_| wrong()),
        },
        ("$float", Json::String(text)) => match text.as_str() {
            "NaN" => Ok(Json::Float(f64::NAN)),
            "Infinity" => Ok(Json::Float(f64::INFINITY)),
            "-Infinity" => Ok(Json::Float(f64::NEG_INFINITY)),
            "-0" => Ok(Json::Float(-0.0)),
            _ => Err(wrong()),
        },
        ("$map", Json::Object(_)) => untag_members(inner.clone()),
        _ => Err(wrong()),
    }
}

fn untag_members(value: Json) -> Result<Json, String> {
    let Json::Object(members) = value else { return Ok(value) };
    let read = members.into_iter().map(|(key, one)| Ok((key, untag(one)?)));
    read.collect::<Result<_, String>>().map(Json::Object)
}
