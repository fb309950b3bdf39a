"""Doors that only those may open who were sent a ticket: each once, and the chat behind it knows no ticket.

In one transaction the ticket is spent and the chat begun, and nothing else in the database tells that the two belong
together: the chat has a link of its own, and every time in it is rounded before it is first written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.chats.anonymity import to_the_hour
from bot.chats.chats import Chats
from bot.chats.scene import Door
from store.inviting import open_surveys, pulse
from store.session import Session


@dataclass(frozen=True)
class Tickets:
    """What the pages of tickets ask of the service."""

    chats: Chats

    def look(self, token: str) -> Door | None:
        """The door that a ticket opens; None where there is no such ticket. Changes nothing."""
        with self.chats.database.reading() as session:
            held = pulse.held(session, token)
        if held is None:
            return None
        door = self.chats.door_of(held.code, held.survey_id, is_open=held.is_open(self.chats.clock.now()))
        return replace(door, once=True, is_spent=held.is_spent, is_held=held.is_held)

    def hand_in(self, token: str) -> str | None:
        """Spend a ticket and begin a chat; return the chat's token, or None where the ticket lets nobody in."""
        with self.chats.database.writing() as session:
            chat = self._let_in(session, token)
        if chat is not None:
            self.chats.has_let_in(chat)
        return chat

    def _let_in(self, session: Session, token: str) -> str | None:
        now = self.chats.clock.now()
        held = pulse.held(session, token)
        if held is None or held.is_held or not held.is_open(now) or not pulse.spend(session, token):
            return None
        opened = open_surveys.by_id(session, held.open_survey_id)
        return self.chats.let_in(session, opened, to_the_hour(now))
