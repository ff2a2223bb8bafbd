"""Makes answers of what plugin code raised."""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

from ..errors import CallCancelledError, PermissionDeniedError
from .places import MAX_TEXT, OwnFiles, stack_of

CANCELLED = -32002
PERMISSION_DENIED = -32001
PLUGIN_FAILED = -32004


class Refusal(Exception):
    """An answer that is an error of the protocol, not of the plugin."""

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


def describe_failure(
    error: BaseException, own: Optional[OwnFiles], location: Optional[Dict[str, Any]] = None
) -> Tuple[int, str, Any]:
    """Code, message and data of the answer. A denial that the plugin did not handle stays a denial."""
    if isinstance(error, Refusal):
        return error.code, str(error), error.data
    if isinstance(error, CallCancelledError) or type(error).__name__ == "CancelledError":
        return CANCELLED, "The call was cancelled.", None
    data: Dict[str, Any] = {"name": type(error).__name__, "stack": stack_of(error)}
    place = location or (own.location(error) if own is not None else None)
    if place is not None:
        data["location"] = place
    message = message_of(error)
    if isinstance(error, PermissionDeniedError):
        return PERMISSION_DENIED, message, {**(error.data if isinstance(error.data, dict) else {}), **data}
    return PLUGIN_FAILED, message, data


def message_of(error: BaseException) -> str:
    """What to tell people about anything raised."""
    if isinstance(error, SyntaxError):
        return (error.msg or "invalid syntax")[:MAX_TEXT]
    try:
        text = str(error)
    except Exception:
        text = ""
    return (text or type(error).__name__)[:MAX_TEXT]
