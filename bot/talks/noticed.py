"""What follows from what the conversation core noticed in a message: it is kept, and whoever must know is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from analysis.taxonomy import ORDER, Concern
from bot import alerts
from bot.conversation.effects import Effect, Flagged, Noticed, Say
from bot.conversation.state import State
from bot.council import Council
from bot.talks import breach, carry_out
from bot.talks.carry_out import LAST_WORDS, Line
from bot.talks.heard import Heard
from store.council import contacts, data_notes, optouts
from store.session import Session
from store.talks import conversations, messages, notices

WHO_HOLDS_IT = frozenset({"wrong_number", "unsafe_contact"})
"""What puts in doubt whose answers a conversation holds; among reasons as serious, the one that is given."""

NOT_THEIRS = "Whoever answers says that it is not their number. Ask the family for the right one."


class _Reason(NamedTuple):
    """Why a person must look, and how soon at least."""

    severity: str
    what: str


_FLAGGED: Mapping[str, _Reason] = {
    "flag_duty_same_day": _Reason("red_today", "low_score"),
    "complaint_route": _Reason("amber", "complaint"),
}
"""Closed answers that a person must look at, by the flag that they raise."""


def heed(
    session: Session, line: Line, heard: Heard, effects: Sequence[Effect], council: Council, person_id: int | None
) -> None:
    """Keep what was noticed, close a line that is not theirs or not safe, and raise the alert that a message calls for.

    Args:
        person_id: whose conversation it is; None where none is known.
    """
    noticed = [effect for effect in effects if isinstance(effect, Noticed)]
    notices.add(session, heard.id, [notice.what for notice in noticed], heard.at)
    _close_line(session, line, effects, heard.at, person_id)
    holders = [reason for reason in _reasons(noticed, effects) if reason.what in WHO_HOLDS_IT]
    reasons = [*holders, *_in_words(heard.concerns), *_reasons(noticed, effects)]
    if reasons:
        why = min(reasons, key=lambda reason: ORDER.index(reason.severity))
        alert = alerts.NewAlert(
            heard.id, line.conversation_id, why.what, tuple(heard.concerns), heard.at, at_least=why.severity
        )
        reference = alerts.raise_alert(session, alert, council)
        if _says(effects, "wrong_number") and _has_disclosed(session, line):
            messages.queue(session, [breach.check_wanted(reference, council)], heard.at)


def _says(effects: Sequence[Effect], message: str) -> bool:
    return any(isinstance(effect, Say) and effect.message == message for effect in effects)


def _has_disclosed(session: Session, line: Line) -> bool:
    """Whether whoever answers has had more from us than the check who is there; the conversation is over by now."""
    talk = conversations.last_closed(session, line.conversation_id) if line.conversation_id else None
    return talk is not None and breach.has_disclosed(State.from_json(talk.state))


def _close_line(session: Session, line: Line, effects: Sequence[Effect], now: datetime, person_id: int | None) -> None:
    """Never write again where the last words to an address are being said; a web chat's link came by one of the others."""
    said = {effect.message for effect in effects if isinstance(effect, Say)} & LAST_WORDS
    if not said:
        return
    if "wrong_number" in said and person_id is not None:
        data_notes.note(session, [person_id], "sms", "wrong_number", NOT_THEIRS, now)
    behind = [(point.channel, point.address) for point in carry_out.lines_behind(session, line, person_id)]
    for channel, address in ((line.channel, line.address), *behind):
        if "unsafe_contact" in said:
            contacts.close(session, channel, address, "unsafe")
        else:
            contacts.close(session, channel, address, "wrong_number", person_id=person_id)
        optouts.begin(session, channel, address, now)
        messages.drop_unsent(session, channel, address, "not_safe_to_text")


def _reasons(noticed: Sequence[Noticed], effects: Sequence[Effect]) -> list[_Reason]:
    """Everything but the words themselves. Where several are as serious, the first is the reason that is given."""
    raised = {effect.flag for effect in effects if isinstance(effect, Flagged)}
    flagged = [reason for flag, reason in _FLAGGED.items() if flag in raised]
    return [*flagged, *(_Reason(notice.severity, notice.what) for notice in noticed if notice.severity)]


def _in_words(concerns: Sequence[Concern]) -> list[_Reason]:
    return [_Reason(concern.severity, "concern") for concern in concerns]
