"""Chooses the runner: pytest where the plugin has it, else unittest."""

from __future__ import annotations

import os
import site
import sys
from typing import List, Optional

from .teller import Teller


def main(arguments: List[str]) -> int:
    """Runs the tests to their end; the exit code says nothing of their outcome."""
    wanted: Optional[str] = None
    if arguments[:1] == ["--filter"]:
        wanted, arguments = arguments[1], arguments[2:]
    for folder in arguments:
        site.addsitedir(folder)
    # The plugin's own modules, as its entry imports them.
    sys.path.insert(0, os.getcwd())
    teller = Teller()
    try:
        import pytest  # noqa: F401
    except ImportError:
        from .with_unittest import run
    else:
        from .with_pytest import run
    teller.runner(run.__module__.rsplit("_", 1)[-1])
    run(teller, wanted)
    teller.end()
    return 0
