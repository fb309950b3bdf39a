"""Where an invitation may stand, and from where it may move to where. Every move is kept.

offered → asked → started → partly_answered → answered is the straight way; a conversation may also end in declined, lapsed
or unreachable, and whoever was not asked for a reason that has gone is offered again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.conversation.state import Phase
from store.inviting import invitations
from store.session import Session
from store.talks import conversations

MOVES: Mapping[str, frozenset[str]] = {
    "offered": frozenset({"asked", "not_asked"}),
    "not_asked": frozenset({"offered"}),
    "asked": frozenset({"started", "partly_answered", "answered", "declined", "lapsed", "unreachable"}),
    "started": frozenset({"partly_answered", "answered", "declined", "lapsed", "unreachable"}),
    "partly_answered": frozenset({"answered"}),
    "answered": frozenset(),
    "declined": frozenset(),
    "lapsed": frozenset(),
    "unreachable": frozenset(),
}
"""Each status with those that may follow it. What was partly answered counts, however its conversation ends."""

_AFTER_A_STEP: Mapping[Phase, str] = {
    "checking": "asked",
    "waiting": "asked",
    "invited": "asked",
    "linked": "started",
    "asking": "started",
    "complaint": "started",
    "declined": "declined",
    "opted_out": "declined",
    "lapsed": "lapsed",
    "cancelled": "lapsed",
    "wrong_number": "unreachable",
    "unsafe": "unreachable",
}
_BECAUSE: Mapping[Phase, str] = {
    "opted_out": "opted_out",
    "cancelled": "cancelled",
    "wrong_number": "wrong_number",
    "unsafe": "unsafe_contact",
}
CAMPAIGN_OVER = "campaign_over"
"""Why somebody is not asked whose turn came after the last day of a campaign, or to whom nothing of it had left by then."""


class NotAMove(ValueError):
    """An invitation was to go from one status to another that cannot follow it: a fault of ours."""


def after_step(phase: Phase, before: str, *, answered: bool) -> str:
    """Give the status of an invitation after a step; what has been answered counts, however the conversation ended."""
    if phase == "finished":
        return "answered" if answered or before == "partly_answered" else "declined"
    if answered or before == "partly_answered":
        return "partly_answered"
    following = _AFTER_A_STEP.get(phase, before)
    return following if following == before or following in MOVES[before] else before


def after_failing(before: str, *, opted_out: bool) -> str:
    """Give the status of an invitation whose person cannot be reached, or has told the provider to stop."""
    following = "declined" if opted_out else "unreachable"
    return following if following in MOVES[before] else before


def why(phase: Phase) -> str | None:
    """Give the reason that is kept with a move into a phase; None where the status says it all."""
    return _BECAUSE.get(phase)


def move(
    session: Session,
    invitation_id: int,
    before: str,
    after: str,
    now: datetime,
    *,
    because: str | None = None,
    is_over: bool = False,
) -> None:
    """Move an invitation on; nothing is done where it stands there already and is not over.

    Whom it turns out not to have reached has not been told who we are. Questions that we have withdrawn keep the reason, so
    that they are not counted with those that somebody has left unanswered; so does what a campaign's end has kept from them.

    Args:
        because: why, where the status does not say it.
        is_over: its conversation has closed.

    Raises:
        NotAMove: the one cannot follow the other.
    """
    if before != after:
        note(session, invitation_id, before, after, now, because)
    elif not is_over:
        return
    settled_at = now if is_over else None
    counted = because if after == "lapsed" or because == CAMPAIGN_OVER else None
    conversations.move_invitation(session, invitation_id, after, settled_at=settled_at, because=counted)
    if after == "unreachable":
        invitations.forget_first_contact(session, invitation_id)


def note(
    session: Session, invitation_id: int, before: str, after: str, now: datetime, because: str | None = None
) -> None:
    """Keep a move of an invitation in its history.

    Raises:
        NotAMove: the one cannot follow the other.
    """
    if after not in MOVES[before]:
        msg = f"An invitation cannot go from {before} to {after}."
        raise NotAMove(msg)
    step = {"invitation_id": invitation_id, "at": now, "before": before, "after": after, "because": because}
    conversations.note_move(session, step)
