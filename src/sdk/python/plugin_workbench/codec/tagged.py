"""Tagged JSON: what JSON lacks is an object with one key that begins with ``$``."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from typing import Any, Callable, Dict, List, Tuple

from .errors import CodecError, check_depth
from .kinds import INT_MAX, INT_MIN, SAFE, date_of, instant_of, kind_of, utf8

_whole = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_date = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z\Z")
_floats = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


def encode(value: Any) -> bytes:
    """Writes a value."""
    return json.dumps(_tag(value, 0), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def decode(data: bytes) -> Any:
    """Reads a value. :raises CodecError:"""
    try:
        text = data.decode("utf-8")
        found = json.loads(
            text, parse_int=_integer, parse_constant=_refuse_constant, object_pairs_hook=_Pairs
        )
    except UnicodeDecodeError:
        raise CodecError("The text is not UTF-8.") from None
    except RecursionError:
        raise CodecError("Lists and maps nest too deep.") from None
    except json.JSONDecodeError as error:
        raise CodecError(f"The text is no JSON: {error}") from None
    return _untag(found, 0)


def to_tagged(value: Any) -> Any:
    """A value as plain objects that JSON can carry, for a message. :raises CodecError:"""
    return _tag(value, 0)


def from_tagged(parsed: Any) -> Any:
    """The value of such objects, as they came with a message. :raises CodecError:"""
    # The message's own parser has no place for large floats that JavaScript wrote without a point.
    return decode(json.dumps(parsed, ensure_ascii=False).encode("utf-8"))


class _Pairs(List[Tuple[str, Any]]):
    """The members of an object, before it is known whether they are a tag."""


def _refuse_constant(word: str) -> Any:
    raise CodecError(f"{word} is no JSON.")


def _integer(token: str) -> Any:
    # JavaScript writes large floats without a point; a large integer is tagged. A long token is no integer anyway.
    number = int(token) if len(token) <= 20 else None
    if number == 0 and token.startswith("-"):
        return -0.0
    return number if number is not None and -SAFE <= number <= SAFE else float(token)


def _tag(value: Any, depth: int) -> Any:
    kind = kind_of(value)
    if kind == "int":
        return value if -SAFE <= value <= SAFE else {"$int": str(value)}
    if kind == "float":
        return _tag_float(value)
    if kind == "string":
        utf8(value)
        return value
    if kind == "bytes":
        return {"$bytes": base64.b64encode(bytes(value)).decode("ascii")}
    if kind == "date":
        return {"$date": _write_date(value)}
    if kind == "list":
        check_depth(depth + 1)
        return [_tag(one, depth + 1) for one in value]
    if kind == "map":
        check_depth(depth + 1)
        for key in value:
            utf8(key)
        made = {key: _tag(one, depth + 1) for key, one in value.items()}
        return {"$map": made} if len(made) == 1 and next(iter(made)).startswith("$") else made
    return value


def _tag_float(value: float) -> Any:
    if math.isnan(value):
        return {"$float": "NaN"}
    if math.isinf(value):
        return {"$float": "Infinity" if value > 0 else "-Infinity"}
    if value == 0 and math.copysign(1, value) < 0:
        return {"$float": "-0"}
    # Readers and writers of JSON between here and there may not tell 2.0 from 2.
    if value.is_integer() and -SAFE <= value <= SAFE:
        return {"$float": str(int(value))}
    return value


def _write_date(date: Any) -> str:
    seconds, nanoseconds = instant_of(date)
    whole = date_of(seconds, 0)
    fraction = f"{nanoseconds:09d}"
    for digits in (3, 6, 9):
        if fraction[digits:].strip("0") == "":
            fraction = fraction[:digits]
            break
    return f"{whole.year:04d}{whole.strftime('-%m-%dT%H:%M:%S')}.{fraction}Z"


def _untag(value: Any, depth: int) -> Any:
    if isinstance(value, _Pairs):
        if len(value) == 1 and value[0][0].startswith("$"):
            name, content = value[0]
            read = _readers.get(name)
            if read is None:
                raise CodecError(f"There is no tag {name}.")
            return read(content, depth)
        return _map(value, depth)
    if isinstance(value, list):
        check_depth(depth + 1)
        return [_untag(one, depth + 1) for one in value]
    if isinstance(value, str):
        utf8(value)
    return value


def _map(pairs: List[Tuple[str, Any]], depth: int) -> Dict[str, Any]:
    check_depth(depth + 1)
    for key, _ in pairs:
        utf8(key)
    return {key: _untag(one, depth + 1) for key, one in pairs}


def _read_int(content: Any, _: int) -> int:
    if not isinstance(content, str) or len(content) > 21 or not _whole.match(content) or content == "-0":
        raise CodecError("An integer is none.")
    number = int(content)
    if not INT_MIN <= number <= INT_MAX:
        raise CodecError(f"The integer {number} has more than 64 bits.")
    return number


def _read_float(content: Any, _: int) -> float:
    if isinstance(content, str):
        if content in _floats:
            return _floats[content]
        if len(content) <= 17 and _whole.match(content) and -SAFE <= int(content) <= SAFE:
            return float(content)
    raise CodecError("A tagged float is none of those that need a tag.")


def _read_bytes(content: Any, _: int) -> bytes:
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise CodecError("Bytes are not base64.") from None
    if base64.b64encode(data).decode("ascii") != content:
        raise CodecError("Bytes are not base64 as it has to be written.")
    return data


def _read_date(content: Any, _: int) -> Any:
    import calendar

    match = _date.match(content) if isinstance(content, str) else None
    if match is None:
        raise CodecError("A date is none.")
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    if not (1 <= year and 1 <= month <= 12 and hour < 24 and minute < 60 and second < 60):
        raise CodecError("A date is none.")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise CodecError("A date has a day that its month has not.")
    seconds = calendar.timegm((year, month, day, hour, minute, second, 0, 0, 0))
    return date_of(seconds, int((match.group(7) or "").ljust(9, "0")))


def _read_map(content: Any, depth: int) -> Any:
    if not isinstance(content, _Pairs):
        raise CodecError("A tagged map is none.")
    return _map(content, depth)


_readers: Dict[str, Callable[[Any, int], Any]] = {
    "$int": _read_int,
    "$float": _read_float,
    "$bytes": _read_bytes,
    "$date": _read_date,
    "$map": _read_map,
}
