"""Runs pytest, where the plugin's environment has it."""

from __future__ import annotations

import os
import re
from typing import Any, List, Optional

from .teller import Teller

_FRAME = re.compile(r"^(\S[^\n:]*):(\d+): in ", re.MULTILINE)


def run(teller: Teller, wanted: Optional[str]) -> None:
    """Runs what pytest finds in the working directory, which it can't write to."""
    import pytest

    arguments: List[str] = ["-p", "no:cacheprovider", "--rootdir", os.getcwd(), "-q"]
    arguments.append("--continue-on-collection-errors")
    if wanted is not None:
        arguments += ["-k", wanted]
    pytest.main(arguments, plugins=[_Plugin(teller)])


class _Plugin:
    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    def pytest_collectreport(self, report: Any) -> None:
        """A file that can't be imported."""
        if report.failed:
            text = report.longreprtext
            # The innermost frame comes last.
            frames = [f'File "{file}", line {line}' for file, line in _FRAME.findall(text)]
            stack = "\n".join(reversed(frames))
            self._teller.test(report.nodeid or "collection", "failed", message=_last(text), stack=stack)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """What came of one phase of a test: its own, or a set-up or clean-up that went wrong."""
        if report.when != "call" and report.outcome == "passed":
            return
        file, line, _ = report.location
        message = stack = None
        if report.outcome == "failed":
            crash = getattr(report.longrepr, "reprcrash", None)
            message = crash.message if crash else _last(report.longreprtext)
            stack = f'File "{crash.path}", line {crash.lineno}' if crash else report.longreprtext
        elif report.outcome == "skipped" and isinstance(report.longrepr, tuple):
            message = str(report.longrepr[2])
        outcome = "passed" if hasattr(report, "wasxfail") and report.outcome != "failed" else report.outcome
        number = None if line is None else line + 1
        self._teller.test(report.nodeid, outcome, file, number, report.duration * 1000, message, stack)


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    # pytest marks the lines of an error.
    return lines[-1][1:].strip() if lines and lines[-1].startswith("E ") else (lines or [text])[-1]
