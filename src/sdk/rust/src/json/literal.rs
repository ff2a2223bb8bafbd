/// Makes a [`Json`](crate::Json) from what looks like JSON. Values may be any expression that converts into one; a key
/// that is no literal stands in parentheses.
///
/// ```
/// # use plugin_workbench::json;
/// let name = "Ada";
/// let value = json!({ "name": name, "tags": ["first", null], "size": { "width": 2 + 3 }, (name): true });
/// assert_eq!(value.to_string(), r#"{"Ada":true,"name":"Ada","size":{"width":5},"tags":["first",null]}"#);
/// ```
#[macro_export]
macro_rules! json {
    (null) => { $crate::Json::Null };
    ([ $($inner:tt)* ]) => {{
        #[allow(unused_mut, clippy::vec_init_then_push)]
        let list = {
            let mut list = ::std::vec::Vec::<$crate::Json>::new();
            $crate::json_items!(list $($inner)*);
            list
        };
        $crate::Json::Array(list)
    }};
    ({ $($inner:tt)* }) => {{
        #[allow(unused_mut)]
        let members = {
            let mut members = $crate::Object::new();
            $crate::json_members!(members $($inner)*);
            members
        };
        $crate::Json::Object(members)
    }};
    ($value:expr) => { $crate::Json::from($value) };
}

#[doc(hidden)]
#[macro_export]
macro_rules! json_items {
    ($list:ident) => {};
    ($list:ident null $(, $($rest:tt)*)?) => {
        $list.push($crate::Json::Null);
        $crate::json_items!($list $($($rest)*)?);
    };
    ($list:ident { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $list.push($crate::json!({ $($inner)* }));
        $crate::json_items!($list $($($rest)*)?);
    };
    ($list:ident [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $list.push($crate::json!([ $($inner)* ]));
        $crate::json_items!($list $($($rest)*)?);
    };
    ($list:ident $value:expr $(, $($rest:tt)*)?) => {
        $list.push($crate::Json::from($value));
        $crate::json_items!($list $($($rest)*)?);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! json_members {
    ($members:ident) => {};
    ($members:ident $key:tt : null $(, $($rest:tt)*)?) => {
        $members.insert(::std::string::String::from($key), $crate::Json::Null);
        $crate::json_members!($members $($($rest)*)?);
    };
    ($members:ident $key:tt : { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $members.insert(::std::string::String::from($key), $crate::json!({ $($inner)* }));
        $crate::json_members!($members $($($rest)*)?);
    };
    ($members:ident $key:tt : [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $members.insert(::std::string::String::from($key), $crate::json!([ $($inner)* ]));
        $crate::json_members!($members $($($rest)*)?);
    };
    ($members:ident $key:tt : $value:expr $(, $($rest:tt)*)?) => {
        $members.insert(::std::string::String::from($key), $crate::Json::from($value));
        $crate::json_members!($members $($($rest)*)?);
    };
}
