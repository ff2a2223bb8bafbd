//! Values that keep their types on the way to plugins in other languages, in three formats.

mod date;
mod msgpack;
mod protobuf;
mod reader;
mod tagged;
mod value;

use std::fmt;

pub use date::Date;
pub(crate) use tagged::read_float;
pub use value::Value;

use crate::Json;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Text, with a tag around what JSON lacks.
    Json,
    /// Compact, and quick to read.
    #[default]
    MessagePack,
    /// For readers that have its schema.
    Protobuf,
}

/// A value can't be written, or bytes are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodecError {
    what: String,
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for CodecError {}

/// Lists and maps within one another.
const MAX_DEPTH: usize = 64;

/// Bytes in all.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Writes a value.
///
/// # Errors
/// When there are more than 64 lists and maps within one another, or more than 64 MiB in all.
pub fn encode(value: &Value, format: Format) -> Result<Vec<u8>, CodecError> {
    if value.nests_deeper(MAX_DEPTH) {
        return fail(format!("The value has more than {MAX_DEPTH} lists and maps within one another."));
    }
    let mut out = Vec::new();
    match format {
        Format::Json => out.extend_from_slice(tagged::tag(value).to_string().as_bytes()),
        Format::MessagePack => msgpack::write(value, &mut out),
        Format::Protobuf => protobuf::write(value, &mut out),
    }
    if out.len() > MAX_BYTES {
        return fail(format!("The value takes {} bytes; {MAX_BYTES} are allowed.", out.len()));
    }
    Ok(out)
}

/// Reads a value that anyone may have written.
///
/// # Errors
/// When the bytes are none, or beyond the bounds of [`encode`].
pub fn decode(bytes: &[u8], format: Format) -> Result<Value, CodecError> {
    if bytes.len() > MAX_BYTES {
        return fail(format!("There are {} bytes; {MAX_BYTES} are allowed.", bytes.len()));
    }
    let read = match format {
        Format::Json => match std::str::from_utf8(bytes).map(str::parse::<Json>) {
            Ok(Ok(_)) if tagged::has_half_character(bytes) => Err("There is half a character.".to_owned()),
            Ok(Ok(json)) => tagged::untag(json),
            Ok(Err(error)) => Err(error.to_string()),
            Err(error) => Err(error.to_string()),
        },
        Format::MessagePack => reader::whole(bytes, |reader| msgpack::read(reader, MAX_DEPTH)),
        Format::Protobuf => reader::whole(bytes, |reader| protobuf::read(reader, MAX_DEPTH)),
    };
    match read {
        Ok(value) if value.nests_deeper(MAX_DEPTH) => {
            fail(format!("There are more than {MAX_DEPTH} lists and maps within one another."))
        }
        Ok(value) => Ok(value),
        Err(what) => fail(what),
    }
}

fn fail<T>(what: String) -> Result<T, CodecError> {
    Err(CodecError { what })
}

impl Format {
    /// The number that stands for it in shared memory.
    pub(crate) fn number(self) -> u32 {
        match self {
            Format::Json => 1,
            Format::MessagePack => 2,
            Format::Protobuf => 3,
        }
    }

    /// The format of that number; 0 says that nothing was written.
    pub(crate) fn from_number(number: u32) -> Result<Format, String> {
        match number {
            0 => Err("Nothing was written there yet.".to_owned()),
            1 => Ok(Format::Json),
            2 => Ok(Format::MessagePack),
            3 => Ok(Format::Protobuf),
            _ => Err(format!("There is no format {number}.")),
        }
    }
}
