use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::{Json, Object};

macro_rules! whole_numbers {
    ($($signed:ty),* ; $($unsigned:ty),*) => {
        $(impl From<$signed> for Json {
            fn from(value: $signed) -> Json {
                Json::Int(value as i64)
            }
        })*
        $(impl From<$unsigned> for Json {
            fn from(value: $unsigned) -> Json {
                let wide = value as u64;
                i64::try_from(wide).map_or(Json::UInt(wide), Json::Int)
            }
        })*
    };
}

whole_numbers!(i8, i16, i32, i64, isize ; u8, u16, u32, u64, usize);

impl From<()> for Json {
    fn from((): ()) -> Json {
        Json::Null
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::Bool(value)
    }
}

impl From<f64> for Json {
    fn from(value: f64) -> Json {
        Json::Float(value)
    }
}

impl From<f32> for Json {
    fn from(value: f32) -> Json {
        Json::Float(f64::from(value))
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Json {
        Json::String(value.to_owned())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Json {
        Json::String(value)
    }
}

impl From<&String> for Json {
    fn from(value: &String) -> Json {
        Json::String(value.clone())
    }
}

impl From<Cow<'_, str>> for Json {
    fn from(value: Cow<'_, str>) -> Json {
        Json::String(value.into_owned())
    }
}

impl From<&Json> for Json {
    fn from(value: &Json) -> Json {
        value.clone()
    }
}

impl From<Object> for Json {
    fn from(value: Object) -> Json {
        Json::Object(value)
    }
}

impl From<&Object> for Json {
    fn from(value: &Object) -> Json {
        Json::Object(value.clone())
    }
}

impl<T: Into<Json>> From<HashMap<String, T>> for Json {
    fn from(value: HashMap<String, T>) -> Json {
        let members: BTreeMap<_, _> = value.into_iter().map(|(key, one)| (key, one.into())).collect();
        Json::Object(members)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(value: Vec<T>) -> Json {
        Json::Array(value.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Json>, const N: usize> From<[T; N]> for Json {
    fn from(value: [T; N]) -> Json {
        Json::Array(value.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Json> + Clone> From<&[T]> for Json {
    fn from(value: &[T]) -> Json {
        Json::Array(value.iter().cloned().map(Into::into).collect())
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Json {
        value.map_or(Json::Null, Into::into)
    }
}

impl<T: Into<Json>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Json {
        Json::Array(values.into_iter().map(Into::into).collect())
    }
}

impl PartialEq<&str> for Json {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(*other)
    }
}

impl PartialEq<bool> for Json {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

impl PartialEq<i64> for Json {
    fn eq(&self, other: &i64) -> bool {
        self.as_i64() == Some(*other)
    }
}
