"""How fast messages may go out."""

from __future__ import annotations

import time


class TokenBucket:
    """Gains tokens at a rate and holds the burst at most. Not safe for threads: its owner locks."""

    def __init__(self, per_second: float, burst: float) -> None:
        self._rate = per_second
        self._burst = burst
        self._tokens = burst
        self._at = time.monotonic()

    def take(self) -> bool:
        """Takes one token; false when there is none."""
        if self._tokens < 1:
            self._refill()
            if self._tokens < 1:
                return False
        self._tokens -= 1
        return True

    def wait(self) -> float:
        """Seconds until there is a token."""
        self._refill()
        return max(0.0, (1 - self._tokens) / self._rate)

    def _refill(self) -> None:
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
