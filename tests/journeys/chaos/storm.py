"""A day on which everything goes wrong between the service and its providers; a seed says what, so that it can be had again."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tests.standins.loopback import Answer
from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram_answers import Refused
from tests.standins.twilio_rest import TwilioStandIn


class Storm:
    """Draws what befalls each call; safe for threads."""

    def __init__(self, seed: int):
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def fate(self, odds: Mapping[str, float]) -> str | None:
        """One of the fates, each with its odds; None where nothing befalls the call."""
        with self._lock:
            drawn = self._random.random()
        for fate, chance in odds.items():
            if drawn < chance:
                return fate
            drawn -= chance
        return None

    def happens(self, chance: float) -> bool:
        return self.fate({"it": chance}) is not None

    def seconds(self, at_most: float) -> float:
        with self._lock:
            return self._random.random() * at_most


OUTBOUND = {"dropped": 0.03, "answer lost": 0.02, "fault": 0.02, "busy": 0.01}
"""What befalls a call of ours to a provider."""

_FAULT = Answer(503, b"{}", {"Content-Type": "application/json"})
_BUSY = Answer(429, b'{"code": 20429}', {"Content-Type": "application/json", "Retry-After": "1"})


class StormyTwilio(TwilioStandIn):
    """Twilio on such a day: calls to it are lost before or after it has acted on them, or refused for the moment."""

    def __init__(self, storm: Storm, **settings: Any):
        self._storm = storm
        super().__init__(**settings)

    def _answer(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        fate = self._storm.fate(OUTBOUND)
        if fate == "dropped":
            return None
        if fate in {"fault", "busy"}:
            return _FAULT if fate == "fault" else _BUSY
        answer = super()._answer(method, path, query, headers, body)
        return None if fate == "answer lost" else answer


class StormyTelegram(TelegramStandIn):
    """Telegram on such a day. It keeps no list of what it has taken, so no answer of its own is lost here.

    Attributes:
        taken: when each text was taken (`time.monotonic`), as often as it was, by chat and text.
    """

    def __init__(self, storm: Storm, **settings: Any):
        self._storm = storm
        self.taken: dict[tuple[str, str], list[float]] = defaultdict(list)
        super().__init__(**settings)

    def keep(self, message: dict[str, Any], *, without_preview: bool):
        self.taken[str(message["chat"]["id"]), message["text"]].append(time.monotonic())
        super().keep(message, without_preview=without_preview)

    def _answer(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        fate = self._storm.fate(OUTBOUND)
        if fate == "busy":
            return Refused(429, "Too Many Requests: retry after 1", 1).answer()
        if fate == "fault":
            return Answer(502, b"<html>Bad gateway</html>", {"Content-Type": "text/html"})
        return None if fate == "dropped" else super()._answer(method, path, query, headers, body)
