"""Partners who ask to be contacted, and notifiers who have heard nothing: the manager of their district is mailed, and reads
who it is after sign-in.

The mail says that there is somebody, and nothing of who they are or of their words. Where a district has no manager on
record, or nobody knows the district, it goes to an administrator. Nobody is on record as the manager of Triage: who reads
what notifiers of a district say sees to it that they hear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

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


class Matter(NamedTuple):
    """What somebody waits for: as the first page lists it, and as a mail tells of it."""

    shown: str
    subject: str
    opening: str


MATTERS: Mapping[str, Matter] = {
    "flag_district_manager": Matter(
        "asks to be contacted",
        "Heard: a partner asks to be contacted",
        "A partner has answered our questions and asks that a manager contacts them.",
    ),
    "flag_triage_manager": Matter(
        "has heard nothing from Triage",
        "Heard: a notifier waits to hear from Triage",
        "A notifier has answered our questions and has heard nothing about a request that they sent to Triage.",
    ),
}
"""By the flag that an answer raises."""

SHOWN_FOR = timedelta(days=28)
"""So long a request is listed."""


@dataclass(frozen=True)
class Asker:
    """Somebody who waits to hear from us.

    Attributes:
        waits_for: such as `asks to be contacted`.
        who: None where they have not said.
        addresses: how they can be reached.
    """

    at: datetime
    waits_for: str
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
    raised = {effect.flag for effect in effects if isinstance(effect, Flagged)}
    matter = next((matter for flag, matter in MATTERS.items() if flag in raised), None)
    if matter is None:
        return
    district = rows.district_of(session, conversation_id) if conversation_id is not None else None
    reader = who_reads_of_district(session, district, local_day(now))
    addressee = digests.addressee(session, reader) if reader is not None else None
    if addressee is not None:
        messages.queue_once(session, _mail(addressee.email, matter, message_id, council), now)


def _mail(email: str, matter: Matter, message_id: int, council: Council) -> Queued:
    lines = (
        matter.opening,
        "",
        "Who it is, and how they can be reached, stands on the first page after sign-in:",
        f"{council.base_url}/",
        "",
        "What they have written is not in this mail on purpose.",
        "",
    )
    key = f"request:{message_id}"
    return Queued("email", email, "\n".join(lines), kind="request", key=key, subject=matter.subject)


def latest(session: Session, viewer: Viewer, now: datetime) -> list[Asker]:
    """Those who have waited for less than four weeks and whom this viewer may read about, the newest first.

    An administrator reads about everybody; a manager about those of the districts that they manage, or stand in for.
    """
    if viewer.role != "administrator" and not viewer.districts:
        return []
    districts = None if viewer.role == "administrator" else viewer.districts
    found = rows.requests(session, MATTERS, now - SHOWN_FOR, districts)
    reached = rows.addresses(session, {each.person_id for each in found if each.person_id is not None})
    return [
        Asker(
            at=each.answered_at,
            waits_for=next(matter.shown for flag, matter in MATTERS.items() if flag in each.flags.split()),
            survey_id=each.survey_id,
            district=each.district,
            who=", ".join(filter(None, (each.name, each.post, each.organisation))) or None,
            addresses=reached.get(each.person_id or 0, ()),
        )
        for each in found
    ]
