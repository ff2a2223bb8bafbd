use std::collections::BTreeMap;

use super::Date;
use crate::Json;

/// A value with its type, as every language of the data bridge knows it: JSON, and bytes and dates.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number above [`i64::MAX`], and only those.
    UInt(u64),
    /// Any other number; NaN and the infinities, too.
    Float(f64),
    /// Text.
    String(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An instant.
    Date(Date),
    /// Values in order.
    List(Vec<Value>),
    /// Values by name.
    Map(BTreeMap<String, Value>),
}

impl From<&Json> for Value {
    fn from(json: &Json) -> Value {
        json.clone().into()
    }
}

impl From<Json> for Value {
    fn from(json: Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(value),
            Json::Int(value) => Value::Int(value),
            Json::UInt(value) => value.into(),
            Json::Float(value) => Value::Float(value),
            Json::String(text) => Value::String(text),
            Json::Array(list) => Value::List(list.into_iter().map(Value::from).collect()),
            Json::Object(members) => {
                Value::Map(members.into_iter().map(|(key, one)| (key, one.into())).collect())
            }
        }
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Value {
        i64::try_from(value).map_or(Value::UInt(value), Value::Int)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::String(text)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        Value::Bytes(bytes)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date)
    }
}

impl Value {
    /// The same as JSON; `None` when there are bytes or a date in it, for which JSON has no word.
    pub fn into_json(self) -> Option<Json> {
        Some(match self {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(value),
            Value::Int(value) => Json::Int(value),
            Value::UInt(value) => Json::UInt(value),
            Value::Float(value) => Json::Float(value),
            Value::String(text) => Json::String(text),
            Value::Bytes(_) | Value::Date(_) => return None,
            Value::List(list) => Json::Array(list.into_iter().map(Value::into_json).collect::<Option<_>>()?),
            Value::Map(members) => {
                let read = members.into_iter().map(|(key, one)| Some((key, one.into_json()?)));
                Json::Object(read.collect::<Option<_>>()?)
            }
        })
    }

    /// True when lists and maps stand deeper within one another than `levels`.
    pub(super) fn nests_deeper(&self, levels: usize) -> bool {
        match self {
            Value::List(list) => levels == 0 || list.iter().any(|one| one.nests_deeper(levels - 1)),
            Value::Map(members) => levels == 0 || members.values().any(|one| one.nests_deeper(levels - 1)),
            _ => false,
        }
    }
}
