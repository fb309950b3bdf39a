"""Makes the pages' values out of the service's own, which have fields of the same names. Decides nothing."""

from __future__ import annotations

from typing import Protocol

from channels.webchat.shown import Asked, Bubble, Door, Scene, Turn


class ChatService(Protocol):
    """The service as it is: what it returns has the fields of `Scene` and of `Door`."""

    def look(self, token: str) -> object | None: ...
    def begin(self, token: str) -> None: ...
    def say(self, token: str, turn: str, question: str | None, text: str) -> None: ...
    def door(self, code: str) -> object | None: ...
    def enter(self, code: str) -> str | None: ...


class Adapted:
    """The service as the pages ask for it; see `channels.webchat.shown.Chats`."""

    def __init__(self, service: ChatService) -> None:
        """Prepare to ask it."""
        self.begin, self.enter = service.begin, service.enter
        self._service = service

    def look(self, token: str) -> Scene | None:
        """What a link leads to."""
        seen = self._service.look(token)
        if seen is None:
            return None
        fields = vars(seen)
        bubbles = tuple(Bubble(**vars(bubble)) for bubble in fields["bubbles"])
        asked = Asked(**vars(fields["asked"])) if fields["asked"] else None
        return Scene(**{**fields, "bubbles": bubbles, "asked": asked})

    def say(self, token: str, turn: Turn) -> None:
        """Take in what was sent."""
        self._service.say(token, turn.turn, turn.question, turn.text)

    def door(self, code: str) -> Door | None:
        """The open survey of that code."""
        door = self._service.door(code)
        return Door(**vars(door)) if door else None
