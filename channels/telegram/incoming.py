"""Takes in what Telegram hands over, whichever way it comes: read, hand on, and then be courteous."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from channels.base import Departed, Joined, Received
from channels.telegram.courtesies import Courtesies
from channels.telegram.reading import parse, read


class Incoming:
    """What the webhook and the poller are given."""

    def __init__(
        self,
        receive: Callable[[Received], object],
        joined: Callable[[Joined], object],
        departed: Callable[[Departed], object],
        courtesies: Courtesies | None = None,
    ) -> None:
        """Remember who is to be told of what.

        Args:
            receive, joined, departed: whatever they were given is kept once they return. `receive` returns False for a
                button that answered nothing.
            courtesies: None where there is no bot to be courteous with.
        """
        self._hand_on: dict[type, Callable[[Any], object]] = {Received: receive, Joined: joined, Departed: departed}
        self._courtesies = courtesies

    def take_in(self, content: object) -> None:
        """Take in one update, as JSON; what it says is kept when this returns.

        Raises:
            channels.errors.Unreadable: it is no update.
            Exception: whatever kept it from being kept; nothing was acknowledged then.
        """
        update = parse(content)
        event = read(update)
        hand_on = self._hand_on.get(type(event))
        counted = hand_on is not None and hand_on(event) is not False
        if self._courtesies is not None:
            self._courtesies.after(update, counted=counted)
