//! The bytes that all languages agree on.

use std::collections::BTreeMap;

use plugin_workbench::codec::{decode, encode, Date, Format, Value};
use plugin_workbench::Json;

/// They lie outside of the crate: where it was built alone, there is nothing to compare.
fn vectors() -> Option<Json> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../test/vectors/codec.json");
    Some(std::fs::read_to_string(file).ok()?.parse().expect("vectors"))
}

fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn meant(value: &Json) -> Value {
    let text = || value["value"].as_str().unwrap();
    let items = || value["value"].as_array().unwrap().iter();
    match value["type"].as_str().unwrap() {
        "null" => Value::Null,
        "bool" => Value::Bool(value["value"].as_bool().unwrap()),
        "int" => text().parse().map(Value::Int).unwrap_or_else(|_| Value::UInt(text().parse().unwrap())),
        "float" => Value::Float(text().parse().unwrap()),
        "string" => Value::String(text().to_owned()),
        "bytes" => Value::Bytes(from_hex(text())),
        "date" => Value::Date(Date::parse(text()).unwrap()),
        "list" => Value::List(items().map(meant).collect()),
        _ => Value::Map(
            items()
                .map(|pair| (pair[0].as_str().unwrap().to_owned(), meant(&pair[1])))
                .collect::<BTreeMap<_, _>>(),
        ),
    }
}

/// `NaN` equals nothing, and -0 equals 0: their bits tell.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Float(one), Value::Float(other)) => {
            one.to_bits() == other.to_bits() || one.is_nan() && other.is_nan()
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.0 == b.0 && same(a.1, b.1))
        }
        _ => one == other,
    }
}

/// The spelling of a float is the writer's choice, also whether it has a point.
fn same_text(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_text(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.0 == b.0 && same_text(a.1, b.1))
        }
        _ => one == other || one.as_f64().is_some() && one.as_f64() == other.as_f64(),
    }
}

fn format(name: &Json) -> Format {
    match name.as_str().unwrap() {
        "json" => Format::Json,
        "msgpack" => Format::MessagePack,
        _ => Format::Protobuf,
    }
}

#[test]
fn values_are_written_and_read_as_the_vectors_say() {
    let Some(vectors) = vectors() else { return };
    let values = vectors["values"].as_array().unwrap();
    let whole_floats = vectors["wholeFloats"].as_array().unwrap();
    assert!(values.len() > 50 && whole_floats.len() > 5);
    for vector in values.iter().chain(whole_floats) {
        let (name, value) = (&vector["name"], meant(&vector["value"]));
        let json = vector["json"].as_str().unwrap();
        let written = String::from_utf8(encode(&value, Format::Json).unwrap()).unwrap();
        let (written, json_value) = (written.parse().unwrap(), json.parse().unwrap());
        assert!(same_text(&written, &json_value), "{name} {written}");
        assert!(same(&decode(json.as_bytes(), Format::Json).unwrap(), &value), "{name}");
        for (key, format) in [("msgpack", Format::MessagePack), ("protobuf", Format::Protobuf)] {
            let bytes = from_hex(vector[key].as_str().unwrap());
            assert_eq!(encode(&value, format).unwrap(), bytes, "{name} {key}");
            assert!(same(&decode(&bytes, format).unwrap(), &value), "{name} {key}");
        }
    }
}

#[test]
fn what_the_vectors_accept_is_read_and_what_they_refuse_is_not() {
    let Some(vectors) = vectors() else { return };
    for vector in vectors["accepted"].as_array().unwrap() {
        let read = decode(&from_hex(vector["hex"].as_str().unwrap()), format(&vector["format"]));
        let (name, read) = (&vector["name"], read.as_ref());
        assert!(read.is_ok_and(|read| same(read, &meant(&vector["value"]))), "{name} {read:?}");
    }
    for vector in vectors["refused"].as_array().unwrap() {
        let read = decode(&from_hex(vector["hex"].as_str().unwrap()), format(&vector["format"]));
        assert!(read.is_err(), "{} {read:?}", vector["name"]);
    }
}

#[test]
fn dates_go_to_the_clock_and_back() {
    for text in ["1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999999999Z", "2026-02-28T12:00:00.125Z"] {
        let date = Date::parse(text).unwrap();
        assert_eq!(date.to_string(), text);
        assert_eq!(date.to_system_time().and_then(Date::from_system_time), Some(date));
    }
}
