"""A message that has been kept, and what is found in it before the conversation takes its step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from analysis.complaints import is_complaint
from analysis.language import is_foreign
from analysis.taxonomy import ORDER, Concern
from analysis.urgency import find_concerns, most_serious
from bot.calendar import in_window, local_day, midnight
from bot.conversation.events import Reply
from bot.conversation.state import State
from bot.council import Council
from bot.cover.hours import read_next
from bot.cover.rota import Rota
from bot.sending import choices
from channels.base import Received
from channels.text import measure
from surveys.languages import ENGLISH

_A_FEW_WORDS = 3
_FULL_PART = {"gsm7": 140, "ucs2": 60}
"""Units from which an SMS may be the first part of a longer one: phones cut at 153 or 160, and at 67 or 70."""


@dataclass(frozen=True)
class Heard:
    """One message, or several parts of one.

    Attributes:
        id: of the message, the last where there are several parts.
        text: word for word, parts joined.
    """

    id: int
    received: Received
    text: str
    concerns: Sequence[Concern]
    at: datetime

    @classmethod
    def of(cls, message_id: int, received: Received, question: str | None, at: datetime) -> Heard:
        """Look a message through: for every sign that someone may not be safe, whatever was asked."""
        unseen = [Concern("unreadable", "amber", "")] if received.media_count else []
        return cls(message_id, received, received.text, [*find_concerns(received.text, question=question), *unseen], at)

    @property
    def severity(self) -> str | None:
        """How serious the most serious concern is."""
        return most_serious(self.concerns)

    @property
    def may_go_on(self) -> bool:
        """Whether it is a text so long that its next part may be on its way; nothing else is cut at such lengths."""
        size = measure(self.text)
        return self.received.channel == "sms" and size.units >= _FULL_PART[size.encoding]

    @classmethod
    def whole(cls, parts: Sequence[Heard], question: str | None) -> Heard:
        """Join parts in their order, and look through the whole as well: a cue may be cut in two.

        A part that was delivered twice stands once in the whole, which goes under the id of the last part.
        """
        *_, last = parts
        text = " ".join(dict.fromkeys(part.text for part in parts))
        in_parts = [concern for part in parts for concern in part.concerns]
        found: dict[str, Concern] = {}
        for concern in sorted([*find_concerns(text, question=question), *in_parts], key=_by_severity):
            found.setdefault(concern.category, concern)
        media = sum(part.received.media_count for part in parts)
        received = replace(last.received, text=text, media_count=media)
        return replace(last, received=received, text=text, concerns=list(found.values()))

    def reply(
        self,
        state: State,
        council: Council,
        band: str | None,
        rota: Rota,
        *,
        crossed: bool = False,
        conversation_id: int | None = None,
    ) -> Reply:
        """Give it as the event that the conversation is to take.

        Args:
            band: the person's age band, for the hours in which they would be asked again.
            rota: as it is now, for when somebody reads next.
            crossed: it was written before our last message had gone out.
            conversation_id: which conversation; buttons answer no other. None where there is none.
        """
        pressed = self.received.button
        has_words = len(self.text.split(maxsplit=_A_FEW_WORDS)) >= _A_FEW_WORDS
        foreign = state.language == ENGLISH and (has_words or not self.text.isascii()) and is_foreign(self.text)
        return Reply(
            self.text,
            severity=self.severity,
            next_open=read_next(self.at, council.duty.hours, rota),
            answered_by_provider=self.received.handled_by_provider is not None,
            button=pressed and choices.question_of(pressed, conversation_id or 0),
            media=self.received.media_count,
            foreign=foreign,
            complaint=has_words and not foreign and state.phase == "asking" and is_complaint(self.text),
            crossed=crossed,
            again_on=f"{again_at(state.audience, band, self.at, council):%A}",
            comment_only=self.received.comment_only,
            message=self.id,
        )


def _by_severity(concern: Concern) -> int:
    return ORDER.index(concern.severity)


def again_at(audience: str, band: str | None, now: datetime, council: Council) -> datetime:
    """When somebody who asks for later is reminded: in the first hours for them from tomorrow on."""
    tomorrow = midnight(local_day(now) + timedelta(days=1))
    return _first_hours(audience, band, tomorrow) if council.keeps_windows else tomorrow


@lru_cache(maxsize=64)
def _first_hours(audience: str, band: str | None, day: datetime) -> datetime:
    return in_window(audience, band, day)
