"""Counts and greets."""

from __future__ import annotations

import asyncio
from typing import Any

from plugin_workbench import Context

# How often `count` has run. A live reload carries it over; a restart begins at zero.
count = 0


def activate(context: Context) -> None:
    """Called once, when the plugin starts."""
    storage, log = context.storage, context.log
    changing = None

    @context.commands.register("count")
    async def count_up() -> dict[str, int]:
        global count
        nonlocal changing
        count += 1
        # One change of the stored total after the other, so that no count is lost between reading and writing.
        changing = changing or asyncio.Lock()
        async with changing:
            total = int(await storage.get("total", 0)) + 1
            await storage.set("total", total)
        answer = {"count": count, "total": total}
        log.info("Counted to %d, %d in all", count, total)
        await context.events.emit("counted", answer)
        return answer

    @context.commands.register("greet")
    def greet(args: Any) -> str:
        name = (args or {}).get("name")
        log.info("Greeting %s", name or "the world")
        return f"{context.config.get('greeting', 'Hello')}, {name or 'world'}!"

    log.info("%s %s is ready", context.name, context.version)


def get_state() -> dict[str, int]:
    """What a live reload hands to the next instance."""
    return {"count": count}


def restore_state(state: dict[str, int]) -> None:
    """Takes over from the instance before."""
    global count
    count = state["count"]
