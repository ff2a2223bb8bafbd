"""Makes answers of what plugin code raised."""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

from ..errors import (
    CODE_NAMES,
    CallCancelledError,
    DeadlineExceededError,
    PermissionDeniedError,
    PluginCallError,
    RemoteError,
)
from .codec import Refused, encode_json
from .places import MAX_TEXT, OwnFiles, stack_of

CANCELLED = -32002
DEADLINE_EXCEEDED = -32003
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
    if isinstance(error, DeadlineExceededError):
        return DEADLINE_EXCEEDED, str(error), None
    if isinstance(error, CallCancelledError) or type(error).__name__ == "CancelledError":
        return CANCELLED, str(error) or "The call was cancelled.", None
    data = {**_own_words(error), "stack": stack_of(error)}
    place = location or (own.location(error) if own is not None else None)
    if place is not None:
        data["location"] = place
    message = message_of(error)
    if isinstance(error, PermissionDeniedError):
        return PERMISSION_DENIED, message, {**(error.data if isinstance(error.data, dict) else {}), **data}
    return PLUGIN_FAILED, message, data


def _own_words(error: BaseException) -> Dict[str, Any]:
    """The name of the error, and what it carries for programs."""
    if isinstance(error, RemoteError) and isinstance(error.data, dict):
        kept = {key: error.data[key] for key in ("name", "code", "details", "plugin") if key in error.data}
        return {"name": type(error).__name__, **kept}
    if isinstance(error, PluginCallError):
        word = CODE_NAMES.get(error.code)
        return {"name": type(error).__name__, **({"code": word} if word else {})}
    words: Dict[str, Any] = {"name": type(error).__name__[:200]}
    code, details = getattr(error, "code", None), getattr(error, "details", None)
    if isinstance(code, str):
        words["code"] = code[:200]
    if details is not None:
        try:
            encode_json(details)
            words["details"] = details
        except Refused:
            pass
    return words


def message_of(error: BaseException) -> str:
    """What to tell people about anything raised."""
    if isinstance(error, SyntaxError):
        return (error.msg or "invalid syntax")[:MAX_TEXT]
    try:
        text = str(error)
    except Exception:
        text = ""
    return (text or type(error).__name__)[:MAX_TEXT]
