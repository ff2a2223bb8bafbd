use std::collections::BTreeMap;
use std::fmt;

use super::{Json, Object};
use crate::codec::read_float;

/// A value of JSON is not of the type that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    path: String,
    expected: &'static str,
    found: &'static str,
}

impl Mismatch {
    /// For an own [`FromJson`]: what was expected, such as `a point`, and the value that is none.
    pub fn new(expected: &'static str, found: &Json) -> Mismatch {
        Mismatch { path: String::new(), expected, found: found.kind() }
    }

    pub(super) fn within(mut self, outer: &str) -> Mismatch {
        let joint = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{outer}{joint}{}", self.path);
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{} was expected, not {}", self.expected, self.found)
    }
}

impl std::error::Error for Mismatch {}

/// Made from a value of JSON.
pub trait FromJson: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// When it is of another type.
    fn from_json(value: &Json) -> Result<Self, Mismatch>;
}

impl FromJson for Json {
    fn from_json(value: &Json) -> Result<Json, Mismatch> {
        Ok(value.clone())
    }
}

impl FromJson for () {
    fn from_json(value: &Json) -> Result<(), Mismatch> {
        if value.is_null() {
            Ok(())
        } else {
            Err(Mismatch::new("null", value))
        }
    }
}

impl FromJson for bool {
    fn from_json(value: &Json) -> Result<bool, Mismatch> {
        value.as_bool().ok_or_else(|| Mismatch::new("a truth value", value))
    }
}

impl FromJson for f64 {
    fn from_json(value: &Json) -> Result<f64, Mismatch> {
        // In a typed call some floats are tagged.
        let tagged = || value.as_object().filter(|members| members.len() == 1)?.get("$float")?.as_str();
        let read = value.as_f64().or_else(|| read_float(tagged()?));
        read.ok_or_else(|| Mismatch::new("a number", value))
    }
}

impl FromJson for String {
    fn from_json(value: &Json) -> Result<String, Mismatch> {
        value.as_str().map(str::to_owned).ok_or_else(|| Mismatch::new("a text", value))
    }
}

macro_rules! whole_numbers {
    ($read:ident: $($number:ty),*) => {
        $(impl FromJson for $number {
            fn from_json(value: &Json) -> Result<$number, Mismatch> {
                let fitting = value.$read().and_then(|wide| <$number>::try_from(wide).ok());
                fitting.ok_or_else(|| Mismatch::new("a whole number", value))
            }
        })*
    };
}

whole_numbers!(as_i64: i8, i16, i32, i64, isize);
whole_numbers!(as_u64: u8, u16, u32, u64, usize);

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: &Json) -> Result<Option<T>, Mismatch> {
        if value.is_null() {
            Ok(None)
        } else {
            T::from_json(value).map(Some)
        }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Json) -> Result<Vec<T>, Mismatch> {
        let list = value.as_array().ok_or_else(|| Mismatch::new("a list", value))?;
        let read = |(at, one)| T::from_json(one).map_err(|m| m.within(&format!("[{at}]")));
        list.iter().enumerate().map(read).collect()
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(value: &Json) -> Result<BTreeMap<String, T>, Mismatch> {
        let members: &Object = value.as_object().ok_or_else(|| Mismatch::new("an object", value))?;
        let read =
            |(key, one): (&String, &Json)| Ok((key.clone(), T::from_json(one).map_err(|m| m.within(key))?));
        members.iter().map(read).collect()
    }
}
