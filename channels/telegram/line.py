"""The line to Telegram: carries the library's requests and turns everything that goes wrong into `channels.errors`.

The bot's token is a part of every address that is asked for, and the library's errors and log lines hold addresses, chats
and words. They end here: what leaves has no cause and no context, and the loggers below it are shut.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, TypeVar

import httpx
from telegram import Bot, LinkPreviewOptions
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from channels import errors
from channels.errors import SendError
from channels.telegram import codes

log = logging.getLogger(__name__)

T = TypeVar("T")
Exchange = Callable[[Bot], Coroutine[Any, Any, T]]
"""What is to be said to Telegram, once there is a bot to say it."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""Nobody's link is fetched and shown as a picture."""

API = "https://api.telegram.org"
_CONNECTIONS = 64
_GRACE = 2.0
"""Seconds that the loop is given to report that the time was up."""

_BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_NONSENSE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What the library raises over an answer that is 2xx and not what Telegram sends."""


class Line:
    """One bot's line; one instance serves all threads, and goes on working in a process that is forked off.

    The library is asynchronous: its calls run in an event loop in a thread of their own, which is started by the first
    call in each process. A request is posted once at most, and nothing is followed elsewhere.
    """

    def __init__(self, token: str, *, api_base_url: str | None = None, timeout: float = 10.0) -> None:
        """Remember where to call; nothing is asked yet.

        Args:
            token: the bot's, from BotFather.
            api_base_url: where the API is, for tests; None is Telegram's own.
            timeout: seconds allowed for an exchange from beginning to end; half of them for connecting.

        Raises:
            ValueError: there is no token.
        """
        if not token:
            raise ValueError("The bot's token is missing: BotFather shows it.")
        _silence()
        self._token = token
        self._base_url = (api_base_url or API).rstrip("/") + "/bot"
        self.timeout = timeout
        self._running: dict[int, _Running] = {}  # by process: what a fork copies of another's loop is never touched
        self._guard = threading.Lock()

    def name_of(self, chat_id: int, message_id: int) -> str:
        """A name for one of the bot's messages, which Telegram numbers within a chat; it tells nobody whose chat that is."""
        of_chat = f"{chat_id}/{message_id}".encode()
        return "m" + blake2b(of_chat, digest_size=16, key=self._token.encode()[:64]).hexdigest()

    def do(self, exchange: Exchange[T], seconds: float | None = None) -> T:
        """Carry out an exchange and return what Telegram answered.

        Args:
            exchange: called in the loop's thread.
            seconds: allowed for it; the line's time-out where left out.

        Raises:
            channels.errors.SendError: Telegram could not be reached, did not answer in time, or refused.
        """
        limit = self.timeout if seconds is None else seconds
        here = self._here()
        future = asyncio.run_coroutine_threadsafe(_attempt(exchange(here.bot), limit), here.loop)
        outcome: T | SendError
        try:
            outcome = future.result(limit + _GRACE)
        except TimeoutError:
            future.cancel()
            outcome = _too_late()
        except BaseException:
            future.cancel()  # whoever waited was told to stop
            raise
        if isinstance(outcome, SendError):
            raise outcome
        return outcome

    def begin(self, exchange: Exchange[object]) -> None:
        """Carry out an exchange in the background; that it fails is noted and changes nothing."""
        here = self._here()
        asyncio.run_coroutine_threadsafe(_harmlessly(exchange(here.bot), self.timeout), here.loop)

    def close(self) -> None:
        """End this process's loop and its connections; a later call starts anew."""
        with self._guard:
            here = self._running.pop(os.getpid(), None)
        if here is not None:
            here.stop()

    def _here(self) -> _Running:
        with self._guard:
            if os.getpid() not in self._running:
                self._running[os.getpid()] = _Running.start(self._token, self._base_url, self.timeout)
            return self._running[os.getpid()]


@dataclass(frozen=True)
class _Running:
    """What runs in one process."""

    loop: asyncio.AbstractEventLoop
    thread: threading.Thread
    bot: Bot
    request: HTTPXRequest

    @classmethod
    def start(cls, token: str, base_url: str, timeout: float) -> _Running:
        loop = asyncio.new_event_loop()
        request = _Request(
            connection_pool_size=_CONNECTIONS,
            connect_timeout=timeout / 2,
            pool_timeout=timeout / 2,
            read_timeout=timeout,
            write_timeout=timeout,
        )
        bot = Bot(token, base_url=base_url, request=request, get_updates_request=request)
        thread = threading.Thread(target=loop.run_forever, name="telegram", daemon=True)
        thread.start()
        return cls(loop, thread, bot, request)

    def stop(self) -> None:
        """Break off what is under way, and end."""
        with contextlib.suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(self._wind_up(), self.loop).result(_GRACE)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(_GRACE)
        if not self.thread.is_alive():
            self.loop.close()

    async def _wind_up(self) -> None:
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self.request.shutdown()


class _Refusal(TelegramError):
    """Carries the meaning of a refusal past the library, which lets its own kind of error through as it is."""

    def __init__(self, error: SendError) -> None:
        super().__init__(error.code)
        self.error = error


class _Request(HTTPXRequest):
    """The library's own transport, whose refusals are read by our table, status and sentence alike."""

    __slots__ = ()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - passed through
        """Make one request."""
        status, body = await super().do_request(*args, **kwargs)
        if not 200 <= status < 300:
            raise _Refusal(codes.failure(status, body))
        return status, body


async def _attempt(exchange: Coroutine[Any, Any, T], seconds: float) -> T | SendError:
    """Return what an exchange came to; an error is returned, not raised, so that it leaves the library's behind."""
    try:
        async with asyncio.timeout(seconds):
            return await exchange
    except TimeoutError:
        return _too_late()
    except _Refusal as refusal:
        return refusal.error
    except TelegramError as problem:
        return _disconnected(problem)
    except _NONSENSE:
        return _nonsense()


async def _harmlessly(exchange: Coroutine[Any, Any, object], seconds: float) -> None:
    outcome = await _attempt(exchange, seconds)
    if isinstance(outcome, SendError):
        log.info("telegram: a courtesy failed: %s", outcome.code)


def _disconnected(problem: TelegramError) -> SendError:
    """Say whether a request that failed without an answer may have reached Telegram."""
    cause = problem.__cause__
    if isinstance(cause, _BEFORE_SENDING):
        return errors.Unreachable("unreachable", "No connection to Telegram could be made, so nothing was sent.")
    if isinstance(cause, httpx.TimeoutException):
        return _too_late()
    if isinstance(cause, httpx.HTTPError):
        told = "The connection to Telegram was lost before it answered. It may have taken the message."
        return errors.TimedOut("connection_lost", told)
    return _nonsense()


def _too_late() -> SendError:
    return errors.TimedOut("timed_out", "Telegram did not answer in time. It may have taken the message.")


def _nonsense() -> SendError:
    return errors.ProviderFault("nonsense", "Telegram's answer could not be understood. It may have taken the message.")


def _silence() -> None:
    """Keep the libraries from writing addresses with the token in them, and at DEBUG all that is said."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
