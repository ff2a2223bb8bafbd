"""Runs what `python -m unittest discover` finds."""

from __future__ import annotations

import inspect
import os
import time
import traceback
import unittest
from typing import Any, Iterator, Optional, Tuple

from .teller import Teller


def run(teller: Teller, wanted: Optional[str]) -> None:
    """Discovers tests in the working directory and runs those whose name has the wanted text."""
    loader = unittest.TestLoader()
    found = loader.discover(os.getcwd(), top_level_dir=os.getcwd())
    chosen = [test for test in _flatten(found) if wanted is None or wanted in test.id()]
    # Suites, and not single tests, set up modules and classes.
    unittest.TestSuite(chosen).run(_Result(teller))


def _flatten(suite: Any) -> Iterator[Any]:
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from _flatten(test)
        else:
            yield test


class _Result(unittest.TestResult):
    def __init__(self, teller: Teller) -> None:
        super().__init__()
        self._teller = teller
        self._began = 0.0

    def startTest(self, test: Any) -> None:
        self._began = time.monotonic()
        super().startTest(test)

    def addSuccess(self, test: Any) -> None:
        self._tell(test, "passed")

    def addExpectedFailure(self, test: Any, err: Any) -> None:
        self._tell(test, "passed")

    def addSkip(self, test: Any, reason: str) -> None:
        self._tell(test, "skipped", reason)

    def addFailure(self, test: Any, err: Any) -> None:
        self._fail(test, err)

    def addError(self, test: Any, err: Any) -> None:
        self._fail(test, err)

    def addUnexpectedSuccess(self, test: Any) -> None:
        self._tell(test, "failed", "It was expected to fail, and passed.")

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
        if err is not None:
            self._fail(subtest, err)

    def _fail(self, test: Any, err: Tuple[Any, BaseException, Any]) -> None:
        kind, error, _ = err
        # A module that can't be imported comes as a test that raises the whole traceback as its message.
        text = str(error)
        lines = [line for line in text.splitlines() if line.strip()]
        message = lines[-1] if type(test).__name__ == "_FailedTest" and lines else text
        frames = "".join(traceback.format_exception(*err))
        self._tell(test, "failed", message or kind.__name__, _innermost_first(text + "\n" + frames))

    def _tell(
        self, test: Any, outcome: str, message: Optional[str] = None, stack: Optional[str] = None
    ) -> None:
        file, line = _place(test)
        ms = (time.monotonic() - self._began) * 1000 if self._began else None
        self._teller.test(test.id(), outcome, file, line, ms, message, stack)


def _place(test: Any) -> Tuple[Optional[str], Optional[int]]:
    method = getattr(test, getattr(test, "_testMethodName", ""), None)
    try:
        code = inspect.unwrap(method).__code__
    except (AttributeError, ValueError):
        return None, None
    return code.co_filename, code.co_firstlineno


def _innermost_first(stack: str) -> str:
    return "\n".join(reversed(stack.splitlines()))
