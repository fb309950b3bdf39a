"""What follows from what the conversation core noticed in a message: it is kept, and whoever must know is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from analysis.urgency import ORDER, Concern
from bot import alerts
from bot.conversation.effects import Effect, Flagged, Noticed
from bot.council import Council
from bot.talks.carry_out import Line
from bot.talks.heard import Heard
from store import contacts, messages, notices, optouts
from store.session import Session


class _Reason(NamedTuple):
    """Why a person must look, and how soon at least."""

    severity: str
    what: str


def heed(
    session: Session, line: Line, heard: Heard, effects: Sequence[Effect], council: Council, person_id: int | None
) -> None:
    """Keep what was noticed, close a line that is not theirs or not safe, and raise the alert that a message calls for.

    Args:
        person_id: whose conversation it is; None where none is known.
    """
    noticed = [effect for effect in effects if isinstance(effect, Noticed)]
    notices.add(session, heard.id, [notice.what for notice in noticed], heard.at)
    for notice in noticed:
        if notice.what == "wrong_number":
            contacts.close(session, line.channel, line.address, "wrong_number", person_id=person_id)
        elif notice.what == "unsafe_contact":
            contacts.close(session, line.channel, line.address, "unsafe")
    if any(notice.what in {"wrong_number", "unsafe_contact"} for notice in noticed):
        optouts.begin(session, line.channel, line.address, heard.at)
        messages.drop_unsent(session, line.channel, line.address, "not_safe_to_text")
    reasons = [*_in_words(heard.concerns), *_reasons(noticed, effects)]
    if reasons:
        why = min(reasons, key=lambda reason: ORDER.index(reason.severity))
        alert = alerts.NewAlert(
            heard.id, line.conversation_id, why.what, tuple(heard.concerns), heard.at, at_least=why.severity
        )
        alerts.raise_alert(session, alert, council)


def _reasons(noticed: Sequence[Noticed], effects: Sequence[Effect]) -> list[_Reason]:
    """Everything but the words themselves. Where several are as serious, the first is the reason that is given."""
    very_low = any(isinstance(effect, Flagged) and effect.flag == "flag_duty_same_day" for effect in effects)
    low = [_Reason("red_today", "low_score")] if very_low else []
    return [*low, *(_Reason(notice.severity, notice.what) for notice in noticed if notice.severity)]


def _in_words(concerns: Sequence[Concern]) -> list[_Reason]:
    return [_Reason(concern.severity, "concern") for concern in concerns]
