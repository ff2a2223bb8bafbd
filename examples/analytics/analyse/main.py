"""Reads a time series out of a CSV file, describes it, and puts both into shared memory."""

from __future__ import annotations

import sys
from array import array
from pathlib import Path
from typing import Any

from plugin_workbench import Context, Invocation, PluginError

import series

# Rooms in the segment for one number per row each: what was measured, and what the others make of it.
LANES = 3

# Bytes that the facts take at most, besides those for each date.
FACTS = 4096
DATE = 16

# How many series were loaded. A live reload carries it over; a restart begins at zero.
loaded = 0


def activate(context: Context) -> None:
    """Called once, when the plugin starts."""
    memory, log = context.memory, context.log
    shipped = Path(context.plugin_dir) / "data" / "passengers.csv"

    @context.commands.register("load")
    def load(args: Any, call: Invocation) -> dict[str, Any]:
        """Answers the ids of two segments: the numbers of the series, and the facts about it."""
        global loaded
        args = args or {}
        text = args.get("csv")
        found = read(shipped.read_text(encoding="utf-8") if text is None else text)
        facts = series.facts(found)
        count = len(found.values)

        numbers = memory.allocate(LANES * 8 * count, f"{found.name}: numbers").result()
        about = None
        try:
            numbers.write(0, little_endian(found.values))
            about = memory.allocate(FACTS + DATE * count, f"{found.name}: facts").result()
            about.write_structured(facts)
            writers = args.get("writers", [])
            readers = [call.caller] if call.caller else []
            memory.share(
                numbers.id,
                [{"plugin": one, "access": "write"} for one in writers]
                + [{"plugin": one, "access": "read"} for one in readers],
            ).result()
            memory.share(about.id, [*writers, *readers], "read").result()
        except BaseException:
            for segment in (numbers, about):
                # Not waited for: when the call was given up, nothing can be.
                if segment is not None:
                    memory.release(segment.id)
            raise
        loaded += 1
        log.info("%s: %d rows from %s on", found.name, count, found.dates[0].date())
        return {"numbers": numbers.id, "facts": about.id, "count": count}

    @context.commands.register("release")
    def release(args: Any) -> None:
        """Gives the memory of a series back, when everyone is done with it."""
        for segment in args["segments"]:
            memory.release(segment).result()

    @context.commands.register("status")
    def status() -> dict[str, int]:
        return {"calls": loaded, "segments": len(memory.list().result())}

    log.info("%s %s is ready", context.name, context.version)


def read(text: str) -> series.Series:
    """Tells callers what is wrong with a table in words for programs, too."""
    try:
        return series.parse(text)
    except series.BadTable as error:
        raise PluginError(str(error), code="BAD_TABLE", details={"line": error.line}) from error


def little_endian(values: list[float]) -> bytes:
    """The numbers as everyone reads them from the segment: 64 bits each."""
    numbers = array("d", values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def get_state() -> dict[str, int]:
    """What a live reload hands to the next instance."""
    return {"loaded": loaded}


def restore_state(state: dict[str, int]) -> None:
    """Takes over from the instance before."""
    global loaded
    loaded = state["loaded"]
