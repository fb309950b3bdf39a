"""Connections of `requests` that heed one deadline for the whole exchange: see `channels.deadline`.

May not know what is sent over them. `requests` and urllib3 limit each wait alone, so the limit is put under them.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError

from channels.deadline import Deadline

DEADLINE: ContextVar[Deadline | None] = ContextVar("deadline", default=None)
"""That of the exchange which goes on in this thread."""


class _Heeding:
    """What a connection does besides: it shows its socket to the deadline, and hands nothing in when the time is up."""

    sock: Any

    def connect(self) -> None:
        """Connect, unless that takes too long."""
        super().connect()  # type: ignore[misc]
        deadline = DEADLINE.get()
        if deadline is None:
            return
        if deadline.is_over:
            self.sock.close()
            raise ConnectTimeoutError(self, "connected too late")
        deadline.watch(self.sock)

    def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - urllib3's arguments, passed through
        """Send a request; a connection that was kept open is watched from here on."""
        deadline = DEADLINE.get()
        if deadline is not None and self.sock is not None:
            deadline.watch(self.sock)
        super().request(*args, **kwargs)  # type: ignore[misc]


class _PlainConnection(_Heeding, HTTPConnection):
    pass


class _SecureConnection(_Heeding, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _PlainPool, "https": _SecurePool}


class Timely(HTTPAdapter):
    """Mount it on a session; without a deadline in `DEADLINE` it is as any other."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - requests' arguments
        """Make the pools; called by `requests`."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:  # noqa: ANN401
        """Make the pools behind a proxy; called by `requests`."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = _POOLS
        return manager
