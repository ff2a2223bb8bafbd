use super::reader::Reader;
use crate::{Json, Object};

pub(super) fn write(value: &Json, out: &mut Vec<u8>) {
    match value {
        Json::Null => out.push(0xc0),
        Json::Bool(value) => out.push(0xc2 + u8::from(*value)),
        Json::Int(value) => match u64::try_from(*value) {
            Ok(value) => write_unsigned(value, out),
            Err(_) => write_negative(*value, out),
        },
        Json::UInt(value) => write_unsigned(*value, out),
        Json::Float(value) => {
            out.push(0xcb);
            out.extend_from_slice(&value.to_be_bytes());
        }
        Json::String(text) => {
            match text.len() {
                length @ 0..=31 => out.push(0xa0 | length as u8),
                length @ 32..=255 => out.extend_from_slice(&[0xd9, length as u8]),
                length => write_length(length, 0xda, out),
            }
            out.extend_from_slice(text.as_bytes());
        }
        Json::Array(list) => {
            match list.len() {
                length @ 0..=15 => out.push(0x90 | length as u8),
                length => write_length(length, 0xdc, out),
            }
            list.iter().for_each(|one| write(one, out));
        }
        Json::Object(members) => {
            match members.len() {
                length @ 0..=15 => out.push(0x80 | length as u8),
                length => write_length(length, 0xde, out),
            }
            for (key, one) in members {
                write(&Json::from(key), out);
                write(one, out);
            }
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

pub(super) fn read(reader: &mut Reader<'_>, depth: usize) -> Option<Json> {
    let mark = reader.byte()?;
    Some(match mark {
        0xc0 => Json::Null,
        0xc2 | 0xc3 => Json::Bool(mark == 0xc3),
        0x00..=0x7f => Json::Int(i64::from(mark)),
        0xe0..=0xff => Json::Int(i64::from(mark as i8)),
        0xcc..=0xcf => Json::from(reader.number(1 << (mark - 0xcc))?),
        0xd0 => Json::Int(i64::from(reader.number(1)? as i8)),
        0xd1 => Json::Int(i64::from(reader.number(2)? as i16)),
        0xd2 => Json::Int(i64::from(reader.number(4)? as i32)),
        0xd3 => Json::Int(reader.number(8)? as i64),
        0xca => Json::Float(f64::from(f32::from_bits(reader.number(4)? as u32))),
        0xcb => Json::Float(f64::from_bits(reader.number(8)?)),
        0xa0..=0xbf => Json::String(reader.text(usize::from(mark & 31))?),
        0xd9..=0xdb => {
            let length = reader.number(1 << (mark - 0xd9))?;
            Json::String(reader.text(usize::try_from(length).ok()?)?)
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
        // Bytes, dates and extensions.
        _ => return None,
    })
}

fn read_list(reader: &mut Reader<'_>, length: u64, depth: usize) -> Option<Json> {
    let inner = depth.checked_sub(1)?;
    (0..length).map(|_| read(reader, inner)).collect::<Option<Vec<_>>>().map(Json::Array)
}

fn read_map(reader: &mut Reader<'_>, length: u64, depth: usize) -> Option<Json> {
    let inner = depth.checked_sub(1)?;
    let mut members = Object::new();
    for _ in 0..length {
        let Json::String(key) = read(reader, 0)? else { return None };
        if members.insert(key, read(reader, inner)?).is_some() {
            return None;
        }
    }
    Some(Json::Object(members))
}
