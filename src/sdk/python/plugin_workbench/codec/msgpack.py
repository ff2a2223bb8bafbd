"""MessagePack."""

from __future__ import annotations

import struct
from typing import Any, Dict, List

from .errors import CodecError, check_depth, check_size
from .kinds import date_of, instant_of, kind_of, text_of, utf8
from .reader import Reader


def encode(value: Any) -> bytes:
    """Writes a value in the shortest form."""
    parts: List[bytes] = []
    _write(value, parts, 0)
    data = b"".join(parts)
    check_size(len(data))
    return data


def decode(data: bytes) -> Any:
    """Reads a value. :raises CodecError:"""
    reader = Reader(data)
    value = _read(reader, 0)
    if reader.left > 0:
        raise CodecError("There are bytes after the value.")
    return value


def _write(value: Any, out: List[bytes], depth: int) -> None:
    kind = kind_of(value)
    if kind == "null":
        out.append(b"\xc0")
    elif kind == "bool":
        out.append(b"\xc3" if value else b"\xc2")
    elif kind == "int":
        out.append(_int(value))
    elif kind == "float":
        out.append(struct.pack(">Bd", 0xCB, value))
    elif kind == "string":
        data = utf8(value)
        out.extend((_length(len(data), 0xA0, 32, (0xD9, 0xDA, 0xDB)), data))
    elif kind == "bytes":
        out.extend((_length(len(bytes(value)), 0, 0, (0xC4, 0xC5, 0xC6)), bytes(value)))
    elif kind == "date":
        out.append(_date(value))
    elif kind == "list":
        check_depth(depth + 1)
        out.append(_length(len(value), 0x90, 16, (None, 0xDC, 0xDD)))
        for one in value:
            _write(one, out, depth + 1)
    else:
        check_depth(depth + 1)
        out.append(_length(len(value), 0x80, 16, (None, 0xDE, 0xDF)))
        for key, one in value.items():
            data = utf8(key)
            out.extend((_length(len(data), 0xA0, 32, (0xD9, 0xDA, 0xDB)), data))
            _write(one, out, depth + 1)


def _int(value: int) -> bytes:
    if 0 <= value < 128 or -32 <= value < 0:
        return struct.pack(">b" if value < 0 else ">B", value)
    forms = ((0xCC, ">BB"), (0xCD, ">BH"), (0xCE, ">BI"), (0xCF, ">BQ"))
    if value < 0:
        forms = ((0xD0, ">Bb"), (0xD1, ">Bh"), (0xD2, ">Bi"), (0xD3, ">Bq"))
    for code, form in forms:
        try:
            return struct.pack(form, code, value)
        except struct.error:
            continue
    raise CodecError("An integer has more than 64 bits.")


def _length(length: int, short: int, below: int, codes: Any) -> bytes:
    if length < below:
        return bytes((short | length,))
    for code, form, limit in zip(codes, (">BB", ">BH", ">BI"), (0xFF, 0xFFFF, 0xFFFFFFFF)):
        if code is not None and length <= limit:
            return struct.pack(form, code, length)
    raise CodecError("A value is too long.")


def _date(value: Any) -> bytes:
    seconds, nanoseconds = instant_of(value)
    if nanoseconds == 0 and 0 <= seconds <= 0xFFFFFFFF:
        return struct.pack(">BBI", 0xD6, 0xFF, seconds)
    if 0 <= seconds < 2**34:
        return struct.pack(">BBQ", 0xD7, 0xFF, nanoseconds << 34 | seconds)
    return struct.pack(">BBBIq", 0xC7, 12, 0xFF, nanoseconds, seconds)


_fixed = {
    0xCA: ">f",
    0xCB: ">d",
    0xCC: ">B",
    0xCD: ">H",
    0xCE: ">I",
    0xCF: ">Q",
    0xD0: ">b",
    0xD1: ">h",
    0xD2: ">i",
    0xD3: ">q",
}
_sizes = (">B", ">H", ">I")


def _read(reader: Reader, depth: int) -> Any:
    code = reader.number(">B")
    if code < 0x80:
        return code
    if code < 0x90:
        return _map(reader, code & 15, depth)
    if code < 0xA0:
        return _list(reader, code & 15, depth)
    if code < 0xC0:
        return text_of(reader.take(code & 31))
    if code >= 0xE0:
        return code - 256
    if code == 0xC0:
        return None
    if code in (0xC2, 0xC3):
        return code == 0xC3
    if code in _fixed:
        return reader.number(_fixed[code])
    if 0xC4 <= code <= 0xC6:
        return reader.take(reader.number(_sizes[code - 0xC4]))
    if 0xC7 <= code <= 0xC9:
        return _extension(reader, reader.number(_sizes[code - 0xC7]))
    if 0xD4 <= code <= 0xD8:
        return _extension(reader, 1 << (code - 0xD4))
    if 0xD9 <= code <= 0xDB:
        return text_of(reader.take(reader.number(_sizes[code - 0xD9])))
    if code in (0xDC, 0xDD):
        return _list(reader, reader.number(_sizes[code - 0xDB]), depth)
    if code in (0xDE, 0xDF):
        return _map(reader, reader.number(_sizes[code - 0xDD]), depth)
    raise CodecError(f"The byte {code:#x} begins no value.")


def _list(reader: Reader, count: int, depth: int) -> List[Any]:
    check_depth(depth + 1)
    if count > reader.left:
        raise CodecError("A list has more members than there are bytes.")
    return [_read(reader, depth + 1) for _ in range(count)]


def _map(reader: Reader, count: int, depth: int) -> Dict[str, Any]:
    check_depth(depth + 1)
    if count * 2 > reader.left:
        raise CodecError("A map has more entries than there are bytes.")
    made: Dict[str, Any] = {}
    for _ in range(count):
        key = _read(reader, depth + 1)
        if not isinstance(key, str):
            raise CodecError("A key is no string.")
        if key in made:
            raise CodecError(f"The key {key!r} comes twice.")
        made[key] = _read(reader, depth + 1)
    return made


def _extension(reader: Reader, length: int) -> Any:
    if reader.number(">b") != -1:
        raise CodecError("An extension is not known.")
    if length == 4:
        return date_of(reader.number(">I"), 0)
    if length == 8:
        both = reader.number(">Q")
        return date_of(both & (2**34 - 1), both >> 34)
    if length == 12:
        nanoseconds = reader.number(">I")
        return date_of(reader.number(">q"), nanoseconds)
    raise CodecError("A date has a wrong length.")
