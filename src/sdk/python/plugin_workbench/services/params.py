"""How params are written."""

from __future__ import annotations

from typing import Any, Callable, Dict, Optional, Tuple


def optional(**members: Any) -> "dict[str, Any]":
    """Params without those that are not given."""
    return {name: value for name, value in members.items() if value is not None}


def milliseconds(seconds: Optional[float]) -> Optional[float]:
    """What the protocol counts in."""
    return None if seconds is None else max(1, round(seconds * 1000))


def with_args(
    params: Dict[str, Any], args: Any, typed: bool
) -> "Tuple[Dict[str, Any], Optional[Callable[[Any], Any]]]":
    """Params with arguments whose types last where that is wanted, and how the answer is read."""
    if not typed:
        return {**params, "args": args}, None
    from ..codec.tagged import from_tagged, to_tagged

    return {**params, "args": to_tagged(args), "typed": True}, from_tagged
