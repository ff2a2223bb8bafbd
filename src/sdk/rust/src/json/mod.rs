//! Values of JSON, as everything that crosses the wire is one.

mod access;
mod convert;
mod decode;
mod literal;
mod parse;
mod write;

use std::collections::BTreeMap;

pub use decode::{FromJson, Mismatch};
pub use parse::ParseError;
pub(crate) use write::nests_deeper;

/// The members of a JSON object, by name.
pub type Object = BTreeMap<String, Json>;

/// Any value JSON can carry. Whole numbers stay whole: they are not rounded to a float on the way.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number that fits in 64 bits with a sign.
    Int(i64),
    /// A whole number beyond `i64::MAX`. Smaller ones are always [`Json::Int`].
    UInt(u64),
    /// Any other number. One that is not finite is written as `null`.
    Float(f64),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// Members by name.
    Object(Object),
}
