"""
Values with their types, for plugins in any language: integers of 64 bits, bytes, dates, NaN, in three formats. See the
workbench's page *The data bridge*.
"""

from __future__ import annotations

import struct
from typing import Any, Callable

from . import msgpack, protobuf, tagged
from .errors import CodecError, check_size

#: Format → its number, its writer and its reader.
_formats = {
    "json": (1, tagged.encode, tagged.decode),
    "msgpack": (2, msgpack.encode, msgpack.decode),
    "protobuf": (3, protobuf.encode, protobuf.decode),
}
_by_number = {number: read for number, _, read in _formats.values()}

#: Bytes before the payload in a segment: the number of the format, and the length.
_HEAD = struct.Struct("<II")


def encode(value: Any, format: str = "msgpack") -> bytes:
    """
    Writes a value: ``None``, ``bool``, ``int`` of 64 bits, ``float``, ``str``, ``bytes``, ``datetime`` with a time zone,
    ``list`` and ``dict`` of these.

    :param format: ``msgpack``, ``json`` or ``protobuf``
    :raises CodecError: for anything else
    """
    return _of(format)[1](value)


def decode(data: bytes, format: str = "msgpack") -> Any:
    """Reads a value. :raises CodecError: when the bytes are none"""
    check_size(len(data))
    return _of(format)[2](bytes(data))


def encode_structured(value: Any, format: str, size: int, write: Callable[[int, bytes], None]) -> None:
    """
    Writes a value to the beginning of a segment, in an order by which a reader that comes too early finds nothing.

    :raises CodecError: when it does not fit; nothing is changed then
    """
    number, encoder, _ = _of(format)
    payload = encoder(value)
    if _HEAD.size + len(payload) > size:
        raise CodecError(f"The value needs {_HEAD.size + len(payload)} bytes, the segment has {size}.")
    write(0, struct.pack("<I", 0))
    write(_HEAD.size, payload)
    write(4, struct.pack("<I", len(payload)))
    write(0, struct.pack("<I", number))


def decode_structured(read: Callable[[int, int], bytes]) -> Any:
    """The value at the beginning of a segment. :raises CodecError: when nothing was written yet, or it is none"""
    number, length = _HEAD.unpack(read(0, _HEAD.size))
    if number == 0:
        raise CodecError("No structured value has been written yet.")
    if number not in _by_number:
        raise CodecError(f"There is no format of the number {number}.")
    check_size(length)
    return _by_number[number](read(_HEAD.size, length))


def _of(format: str) -> Any:
    if format not in _formats:
        raise CodecError(f"There is no format {format!r}: choose one of {', '.join(_formats)}.")
    return _formats[format]


__all__ = ["CodecError", "decode", "encode"]
