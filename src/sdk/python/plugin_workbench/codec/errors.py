"""What can go wrong with a value, and the bounds it has to keep."""

from __future__ import annotations

#: Lists and maps within one another.
MAX_DEPTH = 64
#: Bytes of an encoded value.
MAX_BYTES = 64 * 1024 * 1024


class CodecError(ValueError):
    """A value that can't be written, or bytes that are none."""


def check_depth(depth: int) -> None:
    """:raises CodecError: when there are too many lists and maps within one another"""
    if depth > MAX_DEPTH:
        raise CodecError(f"Lists and maps nest deeper than {MAX_DEPTH} levels.")


def check_size(length: int) -> None:
    """:raises CodecError: when there are too many bytes"""
    if length > MAX_BYTES:
        raise CodecError(f"The value has {length} bytes; {MAX_BYTES} are allowed.")
