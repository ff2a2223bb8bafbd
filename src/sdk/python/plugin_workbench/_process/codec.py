"""Messages as bytes: JSON behind a Content-Length header, within the bounds both sides keep."""

from __future__ import annotations

import json
import re
from typing import Any, List, Optional

#: Bytes of one message.
MAX_MESSAGE_BYTES = 4 * 1024 * 1024
#: Arrays and objects within one another, the message itself included.
MAX_DEPTH = 64

_brackets = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')


class Refused(Exception):
    """A message that can't be sent; the text says why."""


def encode_json(value: Any) -> str:
    """:raises Refused: when the value is no JSON"""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise Refused(f"it is no JSON: {error}") from None


def frame(text: str) -> bytes:
    """
    A message ready to be written.

    :raises Refused: when it is beyond the bounds
    """
    try:
        body = text.encode("utf-8")
    except UnicodeEncodeError:
        # Half a surrogate pair, which only an escape can carry.
        body = json.dumps(json.loads(text), separators=(",", ":")).encode("ascii")
    if len(body) > MAX_MESSAGE_BYTES:
        raise Refused(f"It has {len(body)} bytes; {MAX_MESSAGE_BYTES} are allowed.")
    if _nests_deeper(text):
        raise Refused(f"It nests arrays and objects deeper than {MAX_DEPTH} levels.")
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def _nests_deeper(text: str) -> bool:
    # As many brackets as levels are needed; nearly every message has fewer.
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for match in _brackets.finditer(text):
        first = match.group()[0]
        if first in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif first in "]}":
            depth -= 1
    return False


class FrameReader:
    """Cuts a stream of bytes into messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._length: Optional[int] = None

    def push(self, chunk: bytes) -> List[bytes]:
        """The messages that are complete with this chunk. :raises ValueError: when it is no header"""
        buffer = self._buffer
        buffer += chunk
        bodies: List[bytes] = []
        start = 0
        while True:
            if self._length is None:
                end = buffer.find(b"\r\n\r\n", start)
                if end < 0:
                    break
                self._length = _content_length(bytes(buffer[start:end]))
                start = end + 4
            if len(buffer) - start < self._length:
                break
            bodies.append(bytes(buffer[start : start + self._length]))
            start += self._length
            self._length = None
        del buffer[:start]
        return bodies


def _content_length(header: bytes) -> int:
    for line in header.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if colon and name.strip().lower() == b"content-length":
            return int(value)
    raise ValueError("A message without a Content-Length")
