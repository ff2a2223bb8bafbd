"""The value model: what kind a value of Python is, and instants in time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, Tuple

from .errors import CodecError

INT_MIN = -(2**63)
INT_MAX = 2**64 - 1
#: Integers that every language tells apart as numbers of JSON.
SAFE = 2**53 - 1

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_FIRST_SECOND = -62135596800
_LAST_SECOND = 253402300799


def kind_of(value: Any) -> str:
    """:raises CodecError: for what the model does not have"""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        if not INT_MIN <= value <= INT_MAX:
            raise CodecError(f"The integer {value} has more than 64 bits.")
        return "int"
    if isinstance(value, float):
        return "float"
    if isinstance(value, str):
        return "string"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "bytes"
    if isinstance(value, datetime):
        return "date"
    if isinstance(value, (list, tuple)):
        return "list"
    if isinstance(value, dict):
        return "map"
    raise CodecError(f"A value of the type {type(value).__name__} can't be written.")


def utf8(text: Any) -> bytes:
    """:raises CodecError: for half a surrogate pair, and for a key that is no string"""
    if not isinstance(text, str):
        raise CodecError(f"The key {text!r} is no string.")
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise CodecError("A string holds half a character.") from None


def text_of(data: bytes) -> str:
    """:raises CodecError: when it is not UTF-8"""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise CodecError("A string is not UTF-8.") from None


def instant_of(date: datetime) -> Tuple[int, int]:
    """Whole seconds since 1970, counted down before it, and nanoseconds from there on."""
    if date.tzinfo is None:
        raise CodecError("A date needs a time zone: datetime(…, tzinfo=timezone.utc).")
    since = date.astimezone(timezone.utc) - _EPOCH
    return since.days * 86400 + since.seconds, since.microseconds * 1000


def date_of(seconds: int, nanoseconds: int) -> datetime:
    """What is finer than a microsecond is dropped. :raises CodecError: beyond the years 1 to 9999"""
    if not _FIRST_SECOND <= seconds <= _LAST_SECOND or not 0 <= nanoseconds < 1_000_000_000:
        raise CodecError("A date lies beyond the years 1 to 9999, or is none.")
    return _EPOCH + timedelta(seconds=seconds, microseconds=nanoseconds // 1000)
