use std::ops::Index;

use super::{FromJson, Json, Mismatch, Object};

static NULL: Json = Json::Null;

impl Json {
    /// True for `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Json::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The whole number, if it is one and fits. `3.0` is one, too.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Json::Int(value) => Some(*value),
            // Beyond 2^53 a float no longer says which whole number was meant.
            Json::Float(value) if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 => {
                Some(*value as i64)
            }
            _ => None,
        }
    }

    /// The whole number from zero on, if it is one and fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Json::UInt(value) => Some(*value),
            _ => self.as_i64().and_then(|value| u64::try_from(value).ok()),
        }
    }

    /// The number, rounded to a float where it must be.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Json::Int(value) => Some(*value as f64),
            Json::UInt(value) => Some(*value as f64),
            Json::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::String(value) => Some(value),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Json::Array(value) => Some(value),
            _ => None,
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Json::Object(value) => Some(value),
            _ => None,
        }
    }

    /// The member of an object as a Rust value; a member that is not there is read as `null`.
    ///
    /// ```
    /// # use plugin_workbench::json;
    /// let args = json!({ "name": "Ada" });
    /// assert_eq!(args.get::<String>("name").unwrap(), "Ada");
    /// assert_eq!(args.get::<Option<u64>>("age").unwrap(), None);
    /// assert_eq!(args.get::<u64>("age").unwrap_err().to_string(), "age: a whole number was expected, not null");
    /// ```
    ///
    /// # Errors
    /// When it is of another type.
    pub fn get<T: FromJson>(&self, key: &str) -> Result<T, Mismatch> {
        T::from_json(&self[key]).map_err(|mismatch| mismatch.within(key))
    }

    /// This value as a Rust value.
    ///
    /// # Errors
    /// When it is of another type.
    pub fn to<T: FromJson>(&self) -> Result<T, Mismatch> {
        T::from_json(self)
    }

    /// Takes a member out of an object; `null` when there is none.
    pub fn take(&mut self, key: &str) -> Json {
        match self {
            Json::Object(members) => members.remove(key).unwrap_or_default(),
            _ => Json::Null,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "a truth value",
            Json::Int(_) | Json::UInt(_) | Json::Float(_) => "a number",
            Json::String(_) => "a text",
            Json::Array(_) => "a list",
            Json::Object(_) => "an object",
        }
    }
}

/// The member of an object; `null` when there is none.
impl Index<&str> for Json {
    type Output = Json;

    fn index(&self, key: &str) -> &Json {
        self.as_object().and_then(|members| members.get(key)).unwrap_or(&NULL)
    }
}

/// The element of a list; `null` beyond its end.
impl Index<usize> for Json {
    type Output = Json;

    fn index(&self, at: usize) -> &Json {
        self.as_array().and_then(|list| list.get(at)).unwrap_or(&NULL)
    }
}
