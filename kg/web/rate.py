"""How often one address may ask: a bucket of tokens for each, filled at a steady rate."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

BURST: Final = 4.0  # seconds' worth of requests that may come at once
ADDRESSES: Final = 10_000  # that are remembered; those with a full bucket are forgotten first


@dataclass(slots=True)
class Rate:
    """So many requests a second from one address; 0 means that there is no limit."""

    a_second: float
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, address: str, now: float) -> float:
        """Take a token; return 0, or the seconds until there is one. `now` are seconds of a steady clock."""
        if not self.a_second:
            return 0.0
        most = max(self.a_second * BURST, 1.0)
        left, since = self._buckets.get(address, (most, now))
        left = min(most, left + (now - since) * self.a_second)
        if left < 1:
            return (1 - left) / self.a_second
        if len(self._buckets) >= ADDRESSES:
            self._forget(most, now)
        self._buckets[address] = left - 1, now
        return 0.0

    def _forget(self, most: float, now: float) -> None:
        """Forget those whose bucket is full by now, and all where nobody's is."""
        kept = {
            address: (left, since)
            for address, (left, since) in self._buckets.items()
            if left + (now - since) * self.a_second < most
        }
        self._buckets = kept if len(kept) < ADDRESSES else {}
