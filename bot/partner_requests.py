"""Partners who ask to be contacted: the manager of their district is mailed, and reads who it is after sign-in.

The mail says that somebody asks, and nothing of who they are or what they have said. Where a district has no manager on
record, or nobody knows the district, it goes to an administrator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.access import Viewer
from bot.calendar import local_day
from bot.conversation.effects import Effect, Flagged
from bot.council import Council
from bot.organisation import who_reads_of_district
from store.session import Session
from store.shown import digests
from store.shown import partners as rows
from store.talks import messages
from store.talks.messages import Queued

FLAG = "flag_district_manager"
SHOWN_FOR = timedelta(days=28)
"""So long a request is listed."""


@dataclass(frozen=True)
class Asker:
    """Somebody who asks to be contacted. `who`: None where they have not said; `addresses`: how they can be reached."""

    at: datetime
    survey_id: str
    district: str | None
    who: str | None
    addresses: Sequence[str]


def tell(
    session: Session,
    message_id: int,
    conversation_id: int | None,
    effects: Sequence[Effect],
    council: Council,
    now: datetime,
) -> None:
    """Mail whoever reads of the district, once for a message, if it asks for that; in the caller's transaction."""
    if not any(isinstance(effect, Flagged) and effect.flag == FLAG for effect in effects):
        return
    district = rows.district_of(session, conversation_id) if conversation_id is not None else None
    reader = who_reads_of_district(session, district, local_day(now))
    addressee = digests.addressee(session, reader) if reader is not None else None
    if addressee is not None:
        messages.queue_once(session, _mail(addressee.email, message_id, council), now)


def _mail(email: str, message_id: int, council: Council) -> Queued:
    lines = (
        "A partner has answered our questions and asks that a manager contacts them.",
        "",
        "Who it is, and how they can be reached, stands on the first page after sign-in:",
        f"{council.base_url}/",
        "",
        "What they have said is not in this mail on purpose.",
        "",
    )
    subject = "Heard: a partner asks to be contacted"
    return Queued("email", email, "\n".join(lines), kind="request", key=f"request:{message_id}", subject=subject)


def latest(session: Session, viewer: Viewer, now: datetime) -> list[Asker]:
    """Those who have asked within four weeks and whom this viewer may read about, the newest first.

    An administrator reads about everybody; a manager about those of the districts that they manage, or stand in for.
    """
    if viewer.role != "administrator" and not viewer.districts:
        return []
    districts = None if viewer.role == "administrator" else viewer.districts
    found = rows.requests(session, FLAG, now - SHOWN_FOR, districts)
    reached = rows.addresses(session, {each.person_id for each in found if each.person_id is not None})
    return [
        Asker(
            at=each.answered_at,
            survey_id=each.survey_id,
            district=each.district,
            who=", ".join(filter(None, (each.name, each.post, each.organisation))) or None,
            addresses=reached.get(each.person_id or 0, ()),
        )
        for each in found
    ]
