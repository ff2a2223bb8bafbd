"""Programs, through the host."""

from __future__ import annotations

from typing import Any, NamedTuple, Optional, Sequence

from .._process.link import Link
from ..calls import Call
from .params import milliseconds, optional


class Finished(NamedTuple):
    """How a program ended, and what it wrote."""

    #: ``None`` when a signal ended it.
    code: Optional[int]
    signal: Optional[str]
    stdout: str
    stderr: str


class Processes:
    """Programs that the manifest grants."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def run(
        self,
        command: str,
        args: Sequence[str] = (),
        *,
        cwd: Optional[str] = None,
        input: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> Call[Finished]:
        """
        Runs a program in a sandbox of its own. A code other than 0 is an answer, not an error.

        :param cwd: within the plugin's folder
        :param input: what it reads from its standard input
        :param timeout: seconds, then it is killed; 30 when not given
        """
        more = optional(cwd=cwd, input=input, timeout=milliseconds(timeout))
        return self._link.call("process/run", {"command": command, "args": list(args), **more}, _finished)


def _finished(found: Any) -> Finished:
    return Finished(found["code"], found["signal"], found["stdout"], found["stderr"])
