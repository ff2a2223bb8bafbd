"""How params are written."""

from __future__ import annotations

from typing import Any, Optional


def optional(**members: Any) -> "dict[str, Any]":
    """Params without those that are not given."""
    return {name: value for name, value in members.items() if value is not None}


def milliseconds(seconds: Optional[float]) -> Optional[float]:
    """What the protocol counts in."""
    return None if seconds is None else max(1, round(seconds * 1000))
