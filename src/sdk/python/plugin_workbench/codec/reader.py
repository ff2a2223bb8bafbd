"""Reads bytes, never beyond their end."""

from __future__ import annotations

import struct
from typing import Any

from .errors import CodecError


class Reader:
    """A place in bytes that moves forward."""

    def __init__(self, data: bytes, start: int = 0, end: "int | None" = None) -> None:
        self._data = data
        self.at = start
        self.end = len(data) if end is None else end

    @property
    def left(self) -> int:
        """Bytes up to the end."""
        return self.end - self.at

    def take(self, length: int) -> bytes:
        """:raises CodecError: when there are not so many"""
        if length > self.left:
            raise CodecError("The data ends within a value.")
        self.at += length
        return self._data[self.at - length : self.at]

    def number(self, form: str) -> Any:
        """A number as `struct` describes it."""
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def within(self, length: int) -> "Reader":
        """A reader of the next bytes, which are passed over here."""
        if length > self.left:
            raise CodecError("The data ends within a value.")
        self.at += length
        return Reader(self._data, self.at - length, self.at)
