//! Schemas of values, and values kept for a time.

use std::time::Duration;

use super::service;
use crate::call::Call;
use crate::codec::{decode, encode, Format, Value};
use crate::error::code;
use crate::link::{with, Link};
use crate::{json, Error, FromJson, Json, Mismatch, Result};

service! {
    /// Schemas of values, and values that the host keeps in its memory for this plugin.
    Data
}

/// Where a value does not fit a schema, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// `$`, `$.name`, `$.list[3]`.
    pub path: String,
    /// What does not fit.
    pub message: String,
}

impl FromJson for Problem {
    fn from_json(value: &Json) -> Result<Problem, Mismatch> {
        Ok(Problem { path: value.get("path")?, message: value.get("message")? })
    }
}

impl Data<'_> {
    /// A JSON Schema of the value as an example.
    ///
    /// # Errors
    /// When the value is beyond the bounds.
    #[track_caller]
    pub fn generate_schema(&self, value: impl Into<Value>) -> Result<Json, Error> {
        self.link.call("data/generateSchema", json!({ "value": tagged(&value.into())? }))
    }

    /// What of a value does not fit a schema; nothing when all does.
    ///
    /// # Errors
    /// When the schema is none.
    #[track_caller]
    pub fn validate(&self, value: impl Into<Value>, schema: &Json) -> Result<Vec<Problem>, Error> {
        let params = json!({ "value": tagged(&value.into())?, "schema": schema.clone() });
        Ok(self.link.call("data/validate", params)?["problems"].to().unwrap_or_default())
    }

    /// Keeps a value so long at most, over reloads too. It may go early when there is no room.
    ///
    /// # Errors
    /// When the value is beyond the bounds.
    #[track_caller]
    pub fn cache_set(&self, key: &str, value: impl Into<Value>, ttl: Duration) -> Result<(), Error> {
        let ms = ttl.as_millis().clamp(1, 86_400_000) as i64;
        let params = json!({ "key": key, "value": tagged(&value.into())?, "ttlMs": ms });
        self.link.call("data/cache/set", params)?;
        Ok(())
    }

    /// The value; `Null` when it is not there, or not any more.
    ///
    /// # Errors
    /// When the host can't be reached.
    #[track_caller]
    pub fn cache_get(&self, key: &str) -> Result<Value, Error> {
        untagged(&self.link.call("data/cache/get", json!({ "key": key }))?)
    }
}

/// A value as JSON with tags, for a message.
#[track_caller]
pub(super) fn tagged(value: &Value) -> Result<Json, Error> {
    let written = encode(value, Format::Json).map_err(|error| error.to_string());
    match written.map(|bytes| String::from_utf8_lossy(&bytes).parse::<Json>()) {
        Ok(Ok(json)) => Ok(json),
        Ok(Err(error)) => Err(Error::call("encode", code::LIMIT_EXCEEDED, error.to_string())),
        Err(error) => Err(Error::call("encode", code::LIMIT_EXCEEDED, error)),
    }
}

/// The value of JSON with tags, as it came with a message.
#[track_caller]
pub(super) fn untagged(json: &Json) -> Result<Value, Error> {
    match decode(json.to_string().as_bytes(), Format::Json) {
        Ok(value) => Ok(value),
        Err(error) => Err(Error::call("decode", code::INVALID_PARAMS, error.to_string())),
    }
}

/// Answers a call by a handler of values; one that carries no types has them as JSON has.
pub(super) fn answer_typed(
    args: Json,
    call: &Call,
    handler: impl FnOnce(Value) -> Result<Value>,
) -> Result<Json> {
    if call.is_typed() {
        return Ok(tagged(&handler(untagged(&args)?)?)?);
    }
    let result = handler(args.into())?.into_json();
    Ok(result.ok_or_else(|| Error::new("The result holds bytes or a date: call it with types."))?)
}

/// Asks another plugin with arguments that are tagged.
#[track_caller]
pub(super) fn call_typed(link: &Link, method: &str, params: Json) -> Result<Value, Error> {
    let params = with(with(params, "timeout", link.timeout_ms()), "typed", Some(true));
    untagged(&link.call_others(method, params)?)
}
