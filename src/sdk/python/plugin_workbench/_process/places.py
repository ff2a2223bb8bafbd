"""Where in the plugin's own source something happened."""

from __future__ import annotations

import os
import sys
from types import CodeType
from typing import Any, Dict, Iterator, List, Optional, Tuple

#: The folder of this SDK, whose frames are nobody's business.
_SDK = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep

#: A place in running code: what is needed to tell line and column later.
Place = Tuple[CodeType, int, int]

#: Longest text that is handed on.
MAX_TEXT = 16 * 1024


def caller_place() -> Optional[Place]:
    """The innermost frame of this thread outside the SDK: code of the plugin, or a library it uses."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_SDK):
        frame = frame.f_back  # type: ignore[assignment]
    return None if frame is None else (frame.f_code, frame.f_lasti, frame.f_lineno)


class OwnFiles:
    """Recognises the plugin's own files."""

    def __init__(self, plugin_dir: str) -> None:
        self._given = os.path.abspath(plugin_dir)
        self._roots = {self._given + os.sep, os.path.realpath(plugin_dir) + os.sep}

    def resolve(self, file: Optional[str]) -> Optional[str]:
        """The path of a file of the plugin; ``None`` for any other."""
        for root in self._roots:
            if file is not None and file.startswith(root):
                return os.path.join(self._given, file[len(root) :])
        return None

    def location(self, error: BaseException) -> Optional[Dict[str, Any]]:
        """The place that has to change: of a syntax error, else of the innermost frame in the plugin's files."""
        return self._syntax(error) or self._of_places(_places_of(error))

    def location_of(self, place: Optional[Place]) -> Optional[Dict[str, Any]]:
        """A place as the protocol says it; ``None`` when it is not in the plugin."""
        return None if place is None else self._of_places([place])

    def _syntax(self, error: BaseException) -> Optional[Dict[str, Any]]:
        if not isinstance(error, SyntaxError):
            return None
        file = self.resolve(error.filename)
        if file is None or error.lineno is None:
            return None
        return {"file": file, "line": max(1, error.lineno), "column": max(1, error.offset or 1)}

    def _of_places(self, places: List[Place]) -> Optional[Dict[str, Any]]:
        in_package = None
        for code, instruction, line in reversed(places):
            file = self.resolve(code.co_filename)
            if file is None:
                continue
            location = {"file": file, "line": line, "column": _column(code, instruction, line)}
            if "site-packages" not in file.split(os.sep):
                return location
            in_package = in_package or location
        return in_package


def stack_of(error: BaseException) -> str:
    """The error as Python prints it, without the frames of this SDK."""
    import traceback

    try:
        described = traceback.TracebackException(type(error), error, error.__traceback__)
        link: Optional[traceback.TracebackException] = described
        while link is not None:
            kept = [frame for frame in link.stack if not _is_inner(frame.filename)]
            link.stack = traceback.StackSummary.from_list(kept)
            link = link.__cause__ or link.__context__
        text = "".join(described.format()).rstrip()
    except Exception:
        text = type(error).__name__
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT // 2] + "\n…\n" + text[-MAX_TEXT // 2 :]


def _is_inner(file: str) -> bool:
    return file.startswith(_SDK) or file.startswith("<frozen importlib")


def _places_of(error: BaseException) -> List[Place]:
    places: List[Place] = []
    for link in _chain(error):
        trace = link.__traceback__
        found: List[Place] = []
        while trace is not None:
            found.append((trace.tb_frame.f_code, trace.tb_lasti, trace.tb_lineno))
            trace = trace.tb_next
        # What the error was raised from counts only where the error itself names no file of the plugin.
        places = found + places if not places else places
        registered = getattr(link, "_workbench_place", None)
        if registered is not None:
            places = [registered, *places]
        if any(not _is_inner(code.co_filename) for code, _, _ in places):
            break
    return places


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: "set[int]" = set()
    link: Optional[BaseException] = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def _column(code: CodeType, instruction: int, line: int) -> int:
    import linecache

    text = linecache.getline(code.co_filename, line)
    positions = getattr(code, "co_positions", None)
    if positions is not None and instruction >= 0:
        for index, (_, _, column, _) in enumerate(positions()):
            if index == instruction // 2:
                if column is None:
                    break
                # Python counts bytes of UTF-8, people characters.
                return len(text.encode("utf-8")[:column].decode("utf-8", "ignore")) + 1
    return len(text) - len(text.lstrip()) + 1
