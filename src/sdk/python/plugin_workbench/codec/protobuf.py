"""Protobuf: the message ``Value``."""

from __future__ import annotations

import struct
from typing import Any, Dict, Iterator, List, Tuple

from .errors import CodecError, check_depth, check_size
from .kinds import date_of, instant_of, kind_of, text_of, utf8
from .reader import Reader

_VARINT, _FIXED64, _BYTES = 0, 1, 2


def encode(value: Any) -> bytes:
    """Writes a value."""
    data = _value(value, 0)
    check_size(len(data))
    return data


def decode(data: bytes) -> Any:
    """Reads a value. :raises CodecError:"""
    return _read_value(Reader(data), 0)


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    made.append(number)
    return bytes(made)


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(data)) + data


def _value(value: Any, depth: int) -> bytes:
    kind = kind_of(value)
    if kind == "null":
        return b"\x08\x00"
    if kind == "bool":
        return b"\x10\x01" if value else b"\x10\x00"
    if kind == "int":
        if value >= 2**63:
            return b"\x20" + _varint(value)
        return b"\x18" + _varint((value << 1 ^ value >> 63) & (2**64 - 1))
    if kind == "float":
        return b"\x29" + struct.pack("<d", value)
    if kind == "string":
        return _field(6, utf8(value))
    if kind == "bytes":
        return _field(7, bytes(value))
    if kind == "date":
        seconds, nanoseconds = instant_of(value)
        inner = b"\x08" + _varint(seconds & (2**64 - 1)) if seconds != 0 else b""
        return _field(8, inner + (b"\x10" + _varint(nanoseconds) if nanoseconds != 0 else b""))
    check_depth(depth + 1)
    if kind == "list":
        return _field(9, b"".join(_field(1, _value(one, depth + 1)) for one in value))
    entries = (_field(1, utf8(key)) + _field(2, _value(one, depth + 1)) for key, one in value.items())
    return _field(10, b"".join(_field(1, entry) for entry in entries))


def _read_varint(reader: Reader) -> int:
    number = 0
    for shift in range(0, 70, 7):
        byte = reader.number(">B")
        number |= (byte & 127) << shift
        if byte < 128:
            if number >= 2**64:
                break
            return number
    raise CodecError("A varint has more than 64 bits.")


def _fields(reader: Reader, kinds: Dict[int, int]) -> Iterator[Tuple[int, Any]]:
    """The fields of a message: their numbers, and a number, a float or a reader."""
    while reader.left > 0:
        tag = _read_varint(reader)
        number, kind = tag >> 3, tag & 7
        if kinds.get(number) != kind:
            raise CodecError(f"There is no field {number} of the type {kind}.")
        if kind == _VARINT:
            yield number, _read_varint(reader)
        elif kind == _FIXED64:
            yield number, reader.number("<d")
        else:
            yield number, reader.within(_read_varint(reader))


_of_value = {1: 0, 2: 0, 3: 0, 4: 0, 5: _FIXED64, 6: _BYTES, 7: _BYTES, 8: _BYTES, 9: _BYTES, 10: _BYTES}


def _read_value(reader: Reader, depth: int) -> Any:
    found = list(_fields(reader, _of_value))
    if len(found) != 1:
        raise CodecError("A value has no kind, or several.")
    number, content = found[0]
    if number == 1:
        if content != 0:
            raise CodecError("A null is not 0.")
        return None
    if number == 2:
        return content != 0
    if number == 3:
        return content >> 1 ^ -(content & 1)
    if number in (4, 5):
        return content
    if number == 6:
        return text_of(content.take(content.left))
    if number == 7:
        return content.take(content.left)
    if number == 8:
        return _read_date(content)
    check_depth(depth + 1)
    return _read_list(content, depth) if number == 9 else _read_map(content, depth)


def _read_date(reader: Reader) -> Any:
    parts = {1: 0, 2: 0}
    for number, content in _fields(reader, {1: _VARINT, 2: _VARINT}):
        parts[number] = content - 2**64 if content >= 2**63 else content
    return date_of(parts[1], parts[2])


def _read_list(reader: Reader, depth: int) -> List[Any]:
    return [_read_value(content, depth + 1) for _, content in _fields(reader, {1: _BYTES})]


def _read_map(reader: Reader, depth: int) -> Dict[str, Any]:
    made: Dict[str, Any] = {}
    for _, entry in _fields(reader, {1: _BYTES}):
        parts = dict(_fields(entry, {1: _BYTES, 2: _BYTES}))
        if 2 not in parts:
            raise CodecError("An entry of a map has no value.")
        key = text_of(parts[1].take(parts[1].left)) if 1 in parts else ""
        if key in made:
            raise CodecError(f"The key {key!r} comes twice.")
        made[key] = _read_value(parts[2], depth + 1)
    return made
