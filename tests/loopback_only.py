"""Keeps every test on this machine: whatever tries to reach another is refused, and its test fails for it.

The interpreter itself tells of each connection, in whatever library or thread it is made; nothing is patched.
"""

from __future__ import annotations

import sys
from ipaddress import ip_address

reached_for: list[str] = []
"""Addresses outside this machine that something has tried to reach since this list was last emptied."""

_WAYS_OUT = frozenset({"socket.connect", "socket.sendto"})


def watch() -> None:
    """Begin to refuse; for the rest of the process, since nothing can take it back."""
    sys.addaudithook(_refuse_what_leaves)


def _refuse_what_leaves(event: str, args: tuple[object, ...]) -> None:
    if event not in _WAYS_OUT:
        return
    address = args[1]
    if isinstance(address, tuple) and not _is_here(str(address[0])):
        reached_for.append(f"{address[0]}:{address[1]}")
        raise ConnectionRefusedError("tests reach nothing but this machine")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"
