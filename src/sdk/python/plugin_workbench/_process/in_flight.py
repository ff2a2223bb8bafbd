"""How many requests may be with the host at the same time."""

from __future__ import annotations

from collections import OrderedDict
from typing import Dict, Optional

#: What makes other plugins work. It has a limit of its own, so that they, when they in turn need this plugin, don't wait
#: behind what waits for them.
TO_PLUGINS = frozenset({"commands/execute", "messages/call", "hooks/run", "middleware/run", "providers/call"})

#: The host refuses more than 1024 in all.
MOST_TO_PLUGINS = 512
MOST_TO_HOST = 256


class _Lane:
    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.busy = 0
        self.waiting: "OrderedDict[int, bytes]" = OrderedDict()


class InFlight:
    """Lets requests wait for their turn, first come, first served. Not safe for threads: its owner locks."""

    def __init__(self) -> None:
        self._to_plugins = _Lane(MOST_TO_PLUGINS)
        self._to_host = _Lane(MOST_TO_HOST)
        self._lanes: Dict[int, _Lane] = {}

    def enter(self, request_id: int, method: str, data: bytes) -> bool:
        """True when it is to be sent now; else ``leave`` gives the data back when it is its turn."""
        lane = self._to_plugins if method in TO_PLUGINS else self._to_host
        self._lanes[request_id] = lane
        if lane.busy >= lane.limit:
            lane.waiting[request_id] = data
            return False
        lane.busy += 1
        return True

    def is_sent(self, request_id: int) -> bool:
        """False while it waits."""
        lane = self._lanes.get(request_id)
        return lane is not None and request_id not in lane.waiting

    def leave(self, request_id: int) -> Optional[bytes]:
        """Takes a request out that was answered or given up; the data of the next one, which is to be sent now."""
        lane = self._lanes.pop(request_id, None)
        if lane is None or lane.waiting.pop(request_id, None) is not None:
            return None
        lane.busy -= 1
        if not lane.waiting:
            return None
        lane.busy += 1
        return lane.waiting.popitem(last=False)[1]
