use std::collections::BTreeMap;

use super::reader::Reader;
use super::{Date, Value};

const VARINT: u8 = 0;
const FIXED64: u8 = 1;
const PART: u8 = 2;

pub(super) fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(&[1 << 3 | VARINT, 0]),
        Value::Bool(value) => out.extend_from_slice(&[2 << 3 | VARINT, u8::from(*value)]),
        Value::Int(value) => {
            out.push(3 << 3 | VARINT);
            write_varint(((value << 1) ^ (value >> 63)) as u64, out);
        }
        Value::UInt(value) => {
            out.push(4 << 3 | VARINT);
            write_varint(*value, out);
        }
        Value::Float(value) => {
            out.push(5 << 3 | FIXED64);
            out.extend_from_slice(&value.to_le_bytes());
        }
        Value::String(text) => write_part(6, text.as_bytes(), out),
        Value::Bytes(bytes) => write_part(7, bytes, out),
        Value::Date(date) => {
            let mut inner = Vec::new();
            if date.seconds() != 0 {
                inner.push(1 << 3 | VARINT);
                write_varint(date.seconds() as u64, &mut inner);
            }
            if date.nanos() != 0 {
                inner.push(2 << 3 | VARINT);
                write_varint(u64::from(date.nanos()), &mut inner);
            }
            write_part(8, &inner, out);
        }
        Value::List(list) => {
            let mut inner = Vec::new();
            list.iter().for_each(|one| write_value(1, one, &mut inner));
            write_part(9, &inner, out);
        }
        Value::Map(members) => {
            let mut inner = Vec::new();
            for (key, one) in members {
                let mut entry = Vec::new();
                write_part(1, key.as_bytes(), &mut entry);
                write_value(2, one, &mut entry);
                write_part(1, &entry, &mut inner);
            }
            write_part(10, &inner, out);
        }
    }
}

fn write_value(field: u8, value: &Value, out: &mut Vec<u8>) {
    let mut inner = Vec::new();
    write(value, &mut inner);
    write_part(field, &inner, out);
}

fn write_part(field: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(field << 3 | PART);
    write_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

fn write_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(super) fn read(reader: &mut Reader<'_>, depth: usize) -> Option<Value> {
    let field = reader.byte()?;
    Some(match (field >> 3, field & 7) {
        (1, VARINT) => (reader.varint()? == 0).then_some(Value::Null)?,
        (2, VARINT) => Value::Bool(reader.varint()? != 0),
        (3, VARINT) => {
            let value = reader.varint()?;
            Value::Int((value >> 1) as i64 ^ -((value & 1) as i64))
        }
        (4, VARINT) => match Value::from(reader.varint()?) {
            value @ Value::UInt(_) => value,
            _ => return None,
        },
        (5, FIXED64) => Value::Float(f64::from_bits(reader.number(8)?.swap_bytes())),
        (6, PART) => Value::String(text(&mut reader.part()?)?),
        (7, PART) => Value::Bytes(reader.part()?.rest().to_vec()),
        (8, PART) => read_date(&mut reader.part()?)?,
        (9, PART) => read_list(&mut reader.part()?, depth.checked_sub(1)?)?,
        (10, PART) => read_map(&mut reader.part()?, depth.checked_sub(1)?)?,
        _ => return None,
    })
}

fn read_date(reader: &mut Reader<'_>) -> Option<Value> {
    let (mut seconds, mut nanos) = (0, 0);
    while !reader.is_empty() {
        match reader.byte()? {
            0x08 => seconds = reader.varint()? as i64,
            0x10 => nanos = u32::try_from(reader.varint()?).ok()?,
            _ => return None,
        }
    }
    Date::new(seconds, nanos).map(Value::Date)
}

/// A value that fills its part.
fn read_whole(mut part: Reader<'_>, depth: usize) -> Option<Value> {
    read(&mut part, depth).filter(|_| part.is_empty())
}

fn read_list(reader: &mut Reader<'_>, depth: usize) -> Option<Value> {
    let mut list = Vec::new();
    while !reader.is_empty() {
        if reader.byte()? != (1 << 3 | PART) {
            return None;
        }
        list.push(read_whole(reader.part()?, depth)?);
    }
    Some(Value::List(list))
}

fn read_map(reader: &mut Reader<'_>, depth: usize) -> Option<Value> {
    let mut members = BTreeMap::new();
    while !reader.is_empty() {
        if reader.byte()? != (1 << 3 | PART) {
            return None;
        }
        let mut entry = reader.part()?;
        let (mut key, mut value) = (String::new(), None);
        while !entry.is_empty() {
            match entry.byte()? {
                0x0a => key = text(&mut entry.part()?)?,
                0x12 => value = Some(read_whole(entry.part()?, depth)?),
                _ => return None,
            }
        }
        if members.insert(key, value?).is_some() {
            return None;
        }
    }
    Some(Value::Map(members))
}

fn text(part: &mut Reader<'_>) -> Option<String> {
    String::from_utf8(part.rest().to_vec()).ok()
}
