use std::collections::BTreeMap;

use super::reader::Reader;
use super::{Date, Value};

pub(super) fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.push(0xc0),
        Value::Bool(value) => out.push(0xc2 + u8::from(*value)),
        Value::Int(value) => match u64::try_from(*value) {
            Ok(value) => write_unsigned(value, out),
            Err(_) => write_negative(*value, out),
        },
        Value::UInt(value) => write_unsigned(*value, out),
        Value::Float(value) => {
            out.push(0xcb);
            out.extend_from_slice(&value.to_be_bytes());
        }
        Value::String(text) => write_text(text, out),
        Value::Bytes(bytes) => {
            match bytes.len() {
                length @ 0..=255 => out.extend_from_slice(&[0xc4, length as u8]),
                length => write_length(length, 0xc5, out),
            }
            out.extend_from_slice(bytes);
        }
        Value::Date(date) => write_date(*date, out),
        Value::List(list) => {
            match list.len() {
                length @ 0..=15 => out.push(0x90 | length as u8),
                length => write_length(length, 0xdc, out),
            }
            list.iter().for_each(|one| write(one, out));
        }
        Value::Map(members) => {
            match members.len() {
                length @ 0..=15 => out.push(0x80 | length as u8),
                length => write_length(length, 0xde, out),
            }
            for (key, one) in members {
                write_text(key, out);
                write(one, out);
            }
        }
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    match text.len() {
        length @ 0..=31 => out.push(0xa0 | length as u8),
        length @ 32..=255 => out.extend_from_slice(&[0xd9, length as u8]),
        length => write_length(length, 0xda, out),
    }
    out.extend_from_slice(text.as_bytes());
}

/// The extension -1, in the shortest of its three forms.
fn write_date(date: Date, out: &mut Vec<u8>) {
    let (seconds, nanos) = (date.seconds(), date.nanos());
    match (u64::try_from(seconds), u32::try_from(seconds)) {
        (_, Ok(short)) if nanos == 0 => {
            out.extend_from_slice(&[0xd6, 0xff]);
            out.extend_from_slice(&short.to_be_bytes());
        }
        (Ok(whole), _) if whole < 1 << 34 => {
            out.extend_from_slice(&[0xd7, 0xff]);
            out.extend_from_slice(&(u64::from(nanos) << 34 | whole).to_be_bytes());
        }
        _ => {
            out.extend_from_slice(&[0xc7, 12, 0xff]);
            out.extend_from_slice(&nanos.to_be_bytes());
            out.extend_from_slice(&seconds.to_be_bytes());
        }
    }
}

/// In 16 bits, or with the next mark in 32.
fn write_length(length: usize, mark: u8, out: &mut Vec<u8>) {
    if let Ok(short) = u16::try_from(length) {
        out.push(mark);
        out.extend_from_slice(&short.to_be_bytes());
    } else {
        out.push(mark + 1);
        // A segment has less.
        out.extend_from_slice(&(length as u32).to_be_bytes());
    }
}

fn write_unsigned(value: u64, out: &mut Vec<u8>) {
    let bytes = value.to_be_bytes();
    let (mark, from) = match value {
        0..=0x7f => return out.push(bytes[7]),
        0x80..=0xff => (0xcc, 7),
        0x100..=0xffff => (0xcd, 6),
        0x1_0000..=0xffff_ffff => (0xce, 4),
        _ => (0xcf, 0),
    };
    out.push(mark);
    out.extend_from_slice(&bytes[from..]);
}

fn write_negative(value: i64, out: &mut Vec<u8>) {
    let bytes = value.to_be_bytes();
    let (mark, from) = match value {
        -32..=-1 => return out.push(bytes[7]),
        -0x80..=-33 => (0xd0, 7),
        -0x8000..=-0x81 => (0xd1, 6),
        -0x8000_0000..=-0x8001 => (0xd2, 4),
        _ => (0xd3, 0),
    };
    out.push(mark);
    out.extend_from_slice(&bytes[from..]);
}

pub(super) fn read(reader: &mut Reader<'_>, depth: usize) -> Option<Value> {
    let mark = reader.byte()?;
    Some(match mark {
        0xc0 => Value::Null,
        0xc2 | 0xc3 => Value::Bool(mark == 0xc3),
        0x00..=0x7f => Value::Int(i64::from(mark)),
        0xe0..=0xff => Value::Int(i64::from(mark as i8)),
        0xcc..=0xcf => Value::from(reader.number(1 << (mark - 0xcc))?),
        0xd0 => Value::Int(i64::from(reader.number(1)? as i8)),
        0xd1 => Value::Int(i64::from(reader.number(2)? as i16)),
        0xd2 => Value::Int(i64::from(reader.number(4)? as i32)),
        0xd3 => Value::Int(reader.number(8)? as i64),
        0xca => Value::Float(f64::from(f32::from_bits(reader.number(4)? as u32))),
        0xcb => Value::Float(f64::from_bits(reader.number(8)?)),
        0xa0..=0xbf => Value::String(reader.text(usize::from(mark & 31))?),
        0xd9..=0xdb => {
            let length = reader.number(1 << (mark - 0xd9))?;
            Value::String(reader.text(usize::try_from(length).ok()?)?)
        }
        0x90..=0x9f => read_list(reader, u64::from(mark & 15), depth)?,
        0xdc | 0xdd => {
            let length = reader.number(2 << (mark - 0xdc))?;
            read_list(reader, length, depth)?
        }
        0x80..=0x8f => read_map(reader, u64::from(mark & 15), depth)?,
        0xde | 0xdf => {
            let length = reader.number(2 << (mark - 0xde))?;
            read_map(reader, length, depth)?
        }
        0xc4..=0xc6 => {
            let length = reader.number(1 << (mark - 0xc4))?;
            Value::Bytes(reader.take(usize::try_from(length).ok()?)?.to_vec())
        }
        0xd4..=0xd8 => read_date(reader, 1 << (mark - 0xd4))?,
        0xc7..=0xc9 => {
            let length = reader.number(1 << (mark - 0xc7))?;
            read_date(reader, length)?
        }
        _ => return None,
    })
}

/// An extension, of which -1 alone is known.
fn read_date(reader: &mut Reader<'_>, length: u64) -> Option<Value> {
    if reader.byte()? != 0xff {
        return None;
    }
    let (seconds, nanos) = match length {
        4 => (i64::try_from(reader.number(4)?).ok()?, 0),
        8 => {
            let both = reader.number(8)?;
            ((both & ((1 << 34) - 1)) as i64, (both >> 34) as u32)
        }
        12 => {
            let nanos = reader.number(4)? as u32;
            (reader.number(8)? as i64, nanos)
        }
        _ => return None,
    };
    Date::new(seconds, nanos).map(Value::Date)
}

fn read_list(reader: &mut Reader<'_>, length: u64, depth: usize) -> Option<Value> {
    let inner = depth.checked_sub(1)?;
    (0..length).map(|_| read(reader, inner)).collect::<Option<Vec<_>>>().map(Value::List)
}

fn read_map(reader: &mut Reader<'_>, length: u64, depth: usize) -> Option<Value> {
    let inner = depth.checked_sub(1)?;
    let mut members = BTreeMap::new();
    for _ in 0..length {
        let Value::String(key) = read(reader, 0)? else { return None };
        if members.insert(key, read(reader, inner)?).is_some() {
            return None;
        }
    }
    Some(Value::Map(members))
}
