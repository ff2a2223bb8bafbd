"""Time series in CSV files, and numbers that describe them. It knows nothing of plugins."""

from __future__ import annotations

import csv
import math
import statistics
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

# A report is for people; more rows than this are not a series that was meant for it.
LONGEST = 100_000


class BadTable(ValueError):
    """What is wrong with a table, and on which line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"Line {line}: {problem}")
        self.line = line


@dataclass(frozen=True)
class Series:
    """One number for each point of time."""

    name: str
    dates: list[datetime]
    values: list[float]


def parse(text: str) -> Series:
    """
    Reads a table with a line of titles and two columns: a month (``1949-01``) or day (``1949-01-31``), and a number.

    :raises BadTable: at the first line that is not like that, or not later than the one before
    """
    rows = csv.reader(text.splitlines())
    titles = next(rows, [])
    if len(titles) != 2:
        raise BadTable(1, f"expected two titles, found {len(titles)}")
    dates: list[datetime] = []
    values: list[float] = []
    for row in rows:
        line = rows.line_num
        if not row:
            continue
        if len(row) != 2:
            raise BadTable(line, f"expected a date and a number, found {len(row)} columns")
        dates.append(_date(row[0].strip(), line))
        values.append(_number(row[1].strip(), line))
        if len(dates) > 1 and dates[-1] <= dates[-2]:
            raise BadTable(line, f"{row[0].strip()} is not later than the line before")
        if len(dates) > LONGEST:
            raise BadTable(line, f"more than {LONGEST} rows")
    if len(values) < 2:
        raise BadTable(rows.line_num, "a series needs two rows at least")
    return Series(titles[1].strip(), dates, values)


def facts(series: Series) -> dict[str, Any]:
    """What others need to know about a series, and what people like to."""
    values = series.values
    slope, intercept = trend(values)
    return {
        "name": series.name,
        "dates": series.dates,
        "count": len(values),
        "mean": statistics.fmean(values),
        "median": float(statistics.median(values)),
        "deviation": statistics.stdev(values),
        "lowest": min(values),
        "highest": max(values),
        "trend": {"slope": slope, "intercept": intercept},
    }


def trend(values: list[float]) -> tuple[float, float]:
    """Slope per row and height at the first row of the line that fits best, by least squares."""
    middle, mean = (len(values) - 1) / 2, statistics.fmean(values)
    above = math.fsum((x - middle) * (y - mean) for x, y in enumerate(values))
    slope = above / math.fsum((x - middle) ** 2 for x in range(len(values)))
    return slope, mean - slope * middle


def _date(text: str, line: int) -> datetime:
    for form in ("%Y-%m", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=timezone.utc)
        except ValueError:
            continue
    raise BadTable(line, f"{text!r} is no month or day")


def _number(text: str, line: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadTable(line, f"{text!r} is no number")
    return value
