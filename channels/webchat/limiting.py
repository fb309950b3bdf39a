"""How often one address may go in through an open door, or try links that lead nowhere.

Counted in this process's memory under a keyed hash, so that no address is kept, written or logged anywhere.
"""

from __future__ import annotations

import hmac
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_bytes
from time import time

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter


class Limit:
    """So many an hour from one address."""

    def __init__(self, an_hour: int) -> None:
        """Prepare to count; every limit counts for itself."""
        self._item = RateLimitItemPerHour(an_hour)
        self._counts = FixedWindowRateLimiter(MemoryStorage())
        self._key = token_bytes(32)

    def take(self, address: str | None) -> bool:
        """Count one more; False where that is one too many."""
        return self._counts.hit(self._item, self._hidden(address))

    def is_used_up(self, address: str | None) -> bool:
        """Whether the next would be too many."""
        return not self._counts.test(self._item, self._hidden(address))

    def seconds_left(self, address: str | None) -> int:
        """Seconds until the count begins anew, at least one."""
        ends = self._counts.get_window_stats(self._item, self._hidden(address)).reset_time
        return max(1, round(ends - time()))

    def _hidden(self, address: str | None) -> str:
        return hmac.digest(self._key, _household(address or "").encode(), "sha256").hex()


def _household(address: str) -> str:
    """The address; of IPv6 its first half, of which one household or phone has all the rest."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else address
