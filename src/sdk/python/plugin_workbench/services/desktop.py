"""The desk of whoever uses the host."""

from __future__ import annotations

from typing import Optional, Sequence

from .._process.link import Link
from ..calls import Call
from .params import optional


class Clipboard:
    """The clipboard."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def read(self) -> Call[str]:
        """The text on it."""
        return self._link.call("clipboard/read", {})

    def write(self, text: str) -> Call[None]:
        """Puts text on it."""
        return self._link.call("clipboard/write", {"text": text})


class Notifications:
    """Messages for people."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def show(
        self, message: str, *, level: str = "info", actions: Optional[Sequence[str]] = None
    ) -> Call[Optional[str]]:
        """
        Shows a message; ends with the action that was chosen, or ``None``.

        :param level: ``info``, ``warning`` or ``error``
        """
        more = optional(actions=None if actions is None else list(actions))
        return self._link.call("notifications/show", {"level": level, "message": message, **more})
