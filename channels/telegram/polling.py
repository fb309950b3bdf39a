"""Asks Telegram itself for what people write, for trying out where Telegram cannot reach us. For a process of its own."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Bot
from telegram.warnings import PTBUserWarning

from channels.errors import OurFault, Retryable, Unreadable
from channels.telegram.account import Account
from channels.telegram.line import Line
from channels.telegram.reading import KINDS

log = logging.getLogger(__name__)

LONG = 4
"""Seconds that Telegram holds an answer back while nobody writes; so long stopping may take."""
_PAUSE = 2.0


class Poller:
    """Takes in one update after the other."""

    def __init__(self, line: Line, take_in: Callable[[object], object], *, pause: float = _PAUSE) -> None:
        """Prepare.

        Args:
            take_in: is handed an update as JSON, which is kept once it returns; one for which it raises is handed to it
                again, unless it is `Unreadable`.
            pause: seconds after anything went wrong.
        """
        self._line = line
        self._take_in = take_in
        self._pause = pause
        self._next = 0

    def run(self, stop: threading.Event) -> None:
        """Ask until told to stop. Telegram forgets an update only when it is asked for the one after.

        Raises:
            channels.errors.OurFault: the token is wrong, a webhook is set, or somebody else asks as well.
        """
        if Account(self._line).has_webhook():
            raise OurFault(
                "webhook_set",
                "Telegram posts what people write to a webhook, so there is nothing to ask for. "
                "'flask telegram webhook --remove' takes it away.",
            )
        while not stop.is_set():
            try:
                self._go_round(stop)
            except OurFault:
                raise
            except Retryable as trouble:
                log.warning("telegram: asking failed: %s", trouble.code)
                stop.wait(max(trouble.retry_after or 0.0, self._pause))
            except Exception as fault:  # noqa: BLE001 - whatever it was, the update is taken up again
                log.error("telegram: %s, taking the update up again", type(fault).__name__)  # noqa: TRY400 - values may hold words
                stop.wait(self._pause)
        self._let_go()

    def _go_round(self, stop: threading.Event) -> None:
        for update in self._ask(LONG):
            number = int(update["update_id"])
            try:
                self._take_in(update)
            except Unreadable:
                log.warning("telegram: update %d cannot be read and is passed over", number)
            self._next = number + 1
            if stop.is_set():
                return

    def _ask(self, seconds: int, limit: int = 100) -> Sequence[Any]:
        """Get updates as JSON: the library's own method reads them all or none, and would never come past an odd one."""
        within = seconds + self._line.timeout
        asked = {"limit": limit, "timeout": seconds, "allowed_updates": KINDS}
        asked |= {"offset": self._next} if self._next else {}

        async def get_updates(bot: Bot) -> Any:  # noqa: ANN401 - whatever Telegram answers
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", PTBUserWarning)  # it recommends its own method
                return await bot.do_api_request("getUpdates", asked, read_timeout=within)

        found = self._line.do(get_updates, within)
        return found if isinstance(found, list) else []

    def _let_go(self) -> None:
        """Tell Telegram how far we have come, so that the next run is not handed the last ones again."""
        try:
            if self._next:
                self._ask(0, limit=1)
        except Retryable as trouble:
            log.info("telegram: the last updates will come again: %s", trouble.code)
