//! What JSON can carry arrives as it was sent.

use plugin_workbench::{json, Json};

fn round_trip(text: &str) -> String {
    text.parse::<Json>().unwrap().to_string()
}

#[test]
fn whole_numbers_stay_whole() {
    for text in
        ["0", "-1", "9007199254740993", "-9223372036854775808", "9223372036854775807", "18446744073709551615"]
    {
        assert_eq!(round_trip(text), text);
    }
    assert_eq!("9223372036854775808".parse(), Ok(Json::UInt(1 << 63)));
    assert_eq!(Json::from(u64::from(u32::MAX)), Json::Int(4_294_967_295));
}

#[test]
fn other_numbers_are_floats_and_stay_apart_from_whole_ones() {
    for text in ["0.1", "-0.5", "1e300", "5e-324", "1.7976931348623157e308", "123456789.125", "1.0", "-0.0"] {
        let value: Json = text.parse().unwrap();
        assert!(matches!(value, Json::Float(_)), "{text}");
        assert_eq!(value.to_string().parse::<Json>().unwrap(), value);
    }
    assert_eq!(round_trip("1.0"), "1.0");
    assert_eq!(Json::from(f64::NAN).to_string(), "null");
    assert_eq!("36893488147419103232".parse(), Ok(Json::Float(36_893_488_147_419_103_232.0)));
}

#[test]
fn text_is_any_text() {
    for text in ["", "späte Grüße", "日本語", "👩‍🚀 𝒳", "\"\\/\u{8}\u{c}\n\r\t\0\u{1f}\u{7f}\u{2028}"]
    {
        let value = Json::from(text);
        assert_eq!(value.to_string().parse::<Json>().unwrap(), value);
    }
    assert_eq!(r#""\u00e9\ud83d\ude42\/""#.parse::<Json>().unwrap(), "é🙂/");
    // Rust has no half of a pair.
    assert_eq!(r#""\ud83dx""#.parse::<Json>().unwrap(), "\u{fffd}x");
}

#[test]
fn what_is_no_json_is_refused() {
    let bad = [
        "",
        " ",
        "nul",
        "truee",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "-",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "\"",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u+123\"",
        "[",
        "{",
        "[]]",
        "1 1",
        "NaN",
    ];
    for text in bad {
        assert!(text.parse::<Json>().is_err(), "{text:?}");
    }
    assert!("[".repeat(100_000).parse::<Json>().is_err());
}

#[test]
fn the_macro_makes_what_it_looks_like() {
    let (name, list) = ("Ada".to_owned(), vec![1, 2]);
    let value = json!({
        "name": name,
        "list": list,
        "none": None::<bool>,
        "nested": { "null": null, "empty": {}, "sum": 1 + 2, },
        "mixed": [null, [], { "a": [true] }, "x".repeat(2)],
    });
    let text = r#"{"name":"Ada","list":[1,2],"none":null,"nested":{"null":null,"empty":{},"sum":3},
        "mixed":[null,[],{"a":[true]},"xx"]}"#;
    assert_eq!(value, text.parse::<Json>().unwrap());
    assert_eq!(json!([]).to_string(), "[]");
    assert_eq!(json!(null), Json::Null);
}

#[test]
fn values_are_read_as_what_they_are() {
    let value = json!({ "n": 3, "f": 2.0, "list": [1, "two"], "deep": { "on": true } });
    assert_eq!(value.get::<u8>("n"), Ok(3));
    assert_eq!(value.get::<i64>("f"), Ok(2));
    assert_eq!(value["list"][1], "two");
    assert_eq!(value["deep"]["on"], true);
    assert!(value["list"][9]["nothing"].is_null());
    assert_eq!(value.get::<Option<String>>("missing"), Ok(None));
    let mismatch = value.get::<Vec<i64>>("list").unwrap_err();
    assert_eq!(mismatch.to_string(), "list[1]: a whole number was expected, not a text");
    // As it comes in a typed call.
    assert_eq!(json!({ "$float": "2" }).to::<f64>(), Ok(2.0));
    assert!(json!({ "$float": "two" }).to::<f64>().is_err());
    assert_eq!(json!(300).to::<u8>().unwrap_err().to_string(), "a whole number was expected, not a number");
}
