"""Counts words and sentences of a text, finds its keywords and summarises it."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Any

from plugin_workbench import Context, PluginError

import text

# How many keywords and sentences, and words of how many letters, unless the settings say otherwise.
DEFAULTS = {"keywords": 5, "sentences": 2, "shortest_word": 4}

# What one text may have, in characters: messages are bounded, and so is patience.
LONGEST = 1_000_000


class Plugin:
    """The plugin; a class, since it keeps something."""

    def __init__(self, context: Context) -> None:
        self.context = context
        # Texts since the start. A live reload carries it over; a restart begins at zero.
        self.processed = 0
        # What is counted over all runs is changed by one call after the other.
        self.changing: asyncio.Lock | None = None

    def activate(self, context: Context) -> None:
        """Called once, when the plugin starts."""
        for command in (
            self.process_text,
            self.count_words,
            self.find_keywords,
            self.summarise,
            self.get_totals,
            self.reset_totals,
        ):
            context.commands.register(command.__name__, command)
        context.log.info("%s %s is ready", context.name, context.version)

    async def process_text(self, args: Any) -> dict[str, Any]:
        """Everything about a text. It counts towards the totals, and other plugins hear of it."""
        content = read_text(args)
        answer = {
            **asdict(text.count(content)),
            "keywords": self.find_keywords(args),
            "summary": self.summarise(args),
        }
        self.processed += 1
        totals = await self._add(answer["words"])
        self.context.log.info("Processed %d words, %d texts in all", answer["words"], totals["texts"])
        await self.context.events.emit("text_processed", {"words": answer["words"], "keywords": answer["keywords"]})
        return answer

    def count_words(self, args: Any) -> dict[str, int]:
        """Characters, words, different words, sentences, paragraphs and seconds to read them."""
        return asdict(text.count(read_text(args)))

    def find_keywords(self, args: Any) -> list[dict[str, Any]]:
        """The words that are used most; ``limit`` says how many."""
        content = read_text(args)
        limit = self._number(args, "limit", "keywords")
        found = text.keywords(content, limit, shortest=self._number(None, "", "shortest_word"))
        return [{"word": word, "times": times} for word, times in found]

    def summarise(self, args: Any) -> str:
        """The sentences that say most, in their order; ``sentences`` says how many."""
        return text.summarise(read_text(args), self._number(args, "sentences", "sentences"))

    async def get_totals(self) -> dict[str, int]:
        """What was processed since the start, and in all runs."""
        return {"processed": self.processed, **await self._totals()}

    async def reset_totals(self) -> None:
        """Forgets what earlier runs have counted."""
        await self.context.storage.delete("totals")

    async def _add(self, words: int) -> dict[str, int]:
        self.changing = self.changing or asyncio.Lock()
        async with self.changing:
            totals = await self._totals()
            totals = {"texts": totals["texts"] + 1, "words": totals["words"] + words}
            await self.context.storage.set("totals", totals)
            return totals

    async def _totals(self) -> dict[str, int]:
        return await self.context.storage.get("totals", {"texts": 0, "words": 0})

    def _number(self, args: Any, name: str, setting: str) -> int:
        """What the call says, else the setting, else the default."""
        value = args.get(name) if isinstance(args, dict) else None
        if value is None:
            value = self.context.config.get(setting, DEFAULTS[setting])
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise PluginError(
                f"{name or setting} has to be a whole number from 1 on.",
                code="BAD_NUMBER",
                details={"name": name or setting},
            )
        return value

    def get_state(self) -> dict[str, int]:
        """What a live reload hands to the next instance."""
        return {"processed": self.processed}

    def restore_state(self, state: dict[str, int]) -> None:
        """Takes over from the instance before."""
        self.processed = state["processed"]


def read_text(args: Any) -> str:
    """The text of a call: ``{"text": "…"}``, or the text itself."""
    content = args.get("text") if isinstance(args, dict) else args
    if not isinstance(content, str):
        raise PluginError("There is no text: give it { \"text\": \"…\" }.", code="NO_TEXT")
    if len(content) > LONGEST:
        raise PluginError(
            f"The text has more than {LONGEST} characters.", code="TEXT_TOO_LONG", details={"longest": LONGEST}
        )
    return content
