"""Words, sentences, keywords and summaries of texts in English. It knows nothing of plugins."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

# A sentence ends with its mark, quotes and brackets that close there, and a space or the end.
SENTENCE_END = re.compile(r"(?<=[.!?…])([\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-Z0-9À-Þ])")

PARAGRAPH = re.compile(r"\n\s*\n")

# What ends with a full stop and no sentence.
ABBREVIATIONS = ("mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "e.g.", "i.e.", "etc.", "vs.", "no.", "fig.")

# H.M.S., J. S. Bach.
INITIAL = re.compile(r"(?:^|[\s.])[A-Z]\.$")

# Words that say nothing about what a text is about.
STOP_WORDS = frozenset(
    """
    a about above after again against all also although am among an and any are aren't as at be because been before
    being below between both but by can can't cannot could did do does doing don't down during each even ever every few
    for from further had has have having he her here hers herself him himself his how however i if in into is isn't it
    its it's itself just many may me might more most much must my myself no nor not now of off on once one only or other
    our ours ourselves out over own said same shall she should since so some such than that that's the their theirs them
    themselves then there these they this those though through thus to too under until up upon us very was we well were
    what when where whether which while who whom whose why will with within without would yet you your yours yourself
    """.split()
)

# Words a minute that people read silently.
READING_SPEED = 240


@dataclass(frozen=True)
class Counts:
    """How much there is of a text."""

    characters: int
    words: int
    different_words: int
    sentences: int
    paragraphs: int
    reading_seconds: int


def count(text: str) -> Counts:
    """Counts what there is."""
    found = words(text)
    return Counts(
        characters=len(text),
        words=len(found),
        different_words=len({word.lower() for word in found}),
        sentences=len(sentences(text)),
        paragraphs=sum(1 for part in PARAGRAPH.split(text) if part.strip()),
        reading_seconds=math.ceil(len(found) * 60 / READING_SPEED),
    )


def words(text: str) -> list[str]:
    """The words as they stand there, without numbers."""
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences, each on one line. A title without a full stop is one, too."""
    found: list[str] = []
    for paragraph in PARAGRAPH.split(text):
        begin = 0
        for end in SENTENCE_END.finditer(paragraph):
            part = paragraph[begin : end.end(1)]
            if part.lower().endswith(ABBREVIATIONS) or INITIAL.search(part):
                continue
            found.append(part)
            begin = end.end()
        found.append(paragraph[begin:])
    return [joined for joined in (" ".join(part.split()) for part in found) if words(joined)]


def keywords(text: str, limit: int, shortest: int = 4) -> list[tuple[str, int]]:
    """The words that are used most and how often; equal ones in the order of their first use."""
    return _telling(text, shortest).most_common(limit)


def summarise(text: str, limit: int) -> str:
    """
    The sentences with the words that the text uses most, in their order: by Luhn, "The automatic creation of literature
    abstracts" (1958), and without his distances between the words.
    """
    weights = _telling(text, 3)
    found = sentences(text)

    def weight(sentence: str) -> float:
        here = [weights[word.lower()] for word in words(sentence)]
        telling = [one for one in here if one > 0]
        # The root keeps long sentences from winning by their length alone.
        return sum(telling) / math.sqrt(len(here)) if here else 0

    best = sorted(range(len(found)), key=lambda index: -weight(found[index]))[:limit]
    return " ".join(found[index] for index in sorted(best))


def _telling(text: str, shortest: int) -> Counter[str]:
    lower = (word.lower().replace("’", "'") for word in words(text))
    return Counter(word for word in lower if len(word) >= shortest and word not in STOP_WORDS)
