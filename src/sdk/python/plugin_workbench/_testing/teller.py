"""Tells the debug host what came of each test."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, Optional

WIRE = 3


class Teller:
    """Writes lines of JSON to file descriptor 3, which programs that tests start don't get."""

    def __init__(self) -> None:
        os.set_inheritable(WIRE, False)

    def runner(self, name: str) -> None:
        """Says what runs the tests."""
        self._tell({"runner": name})

    def test(
        self,
        name: str,
        outcome: str,
        file: Optional[str] = None,
        line: Optional[int] = None,
        ms: Optional[float] = None,
        message: Optional[str] = None,
        stack: Optional[str] = None,
    ) -> None:
        """Says what came of one test: `passed`, `failed` or `skipped`."""
        told: Dict[str, Any] = {
            "name": name,
            "outcome": outcome,
            "file": file,
            "line": line,
            "ms": ms,
            "message": message and message[:10_000],
            # The innermost frames come last.
            "stack": stack and stack[-20_000:],
        }
        self._tell({key: value for key, value in told.items() if value is not None})

    def end(self) -> None:
        """Says that nothing more comes."""
        self._tell({"end": True})

    def _tell(self, value: Dict[str, Any]) -> None:
        data = (json.dumps(value) + "\n").encode()
        while data:
            data = data[os.write(WIRE, data) :]
