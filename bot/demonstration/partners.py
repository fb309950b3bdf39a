"""The demonstration's partner organisations, and a campaign that an administrator has begun. All of it invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.calendar import local_day
from bot.campaigns import one_off, partners, running
from bot.campaigns.one_off import Wanted
from bot.service import Service
from store.inviting import campaigns
from store.session import Session

_FIRST = (
    ("Hazel Bank Primary School", "school", "universal", "Designated safeguarding lead", "Jo Mead", "jo"),
    ("Hazel Bank Primary School", "school", "universal", "Family liaison", "Cas Lowe", "cas"),
    ("Larkfield Academy", "school", "universal", "Head of year", "Nell Orchard", "nell"),
    ("Harbour Street Surgery", "health", "additional", "Health visitor", "Ash Fairway", "ash"),
    ("Open Door Youth Project", "voluntary", "additional", "Project lead", "Sam Quill", "sam"),
    ("Stillwater Families", "voluntary", "intensive", "Family mentor", "Ola Wick", "ola"),
)
_LATER = (("Millbrook Housing", "housing", "additional", "Tenancy support", "Bea Cobb", "bea"),)
_AUDITED = (
    ("Uma Larch", "Larkfield Academy"),
    ("Pip Sandys", "Harbour Street Surgery"),
    ("Rae Holm", "Open Door Youth Project"),
    ("Kit Beck", "Early Help"),
    ("Lou Marsh", "Early Help"),
    ("Dot Finch", "Stillwater Families"),
)
CAMPAIGN = "After the autumn audit"
SURVEY = "audit_reflection"
_LATER_VISIT, _CAMPAIGN_VISIT = -4, -2
"""On which visits of the story, counted from its last, one more organisation joins and the campaign begins."""
_DAYS_OPEN = 21


def join(service: Service, now: datetime, place: int, visits: int) -> None:
    """What happens with partners on one visit of the story. Done twice, it changes nothing more.

    Args:
        place: which of the visits, from 0.
    """
    with service.database.writing() as session:
        if place == 0:
            partners.import_list(session, _register(_FIRST), now)
        if place - visits == _LATER_VISIT:
            partners.import_list(session, _register(_LATER), now)
        if place - visits == _CAMPAIGN_VISIT and all(each.name != CAMPAIGN for each in campaigns.everyone(session)):
            _begin(session, service, now)


def _register(contacts: Sequence[tuple[str, ...]]) -> bytes:
    columns = ("organisation", "kind", "level", "post", "name", "email")
    return _csv(
        [{**dict(zip(columns, each, strict=True)), "email": f"{each[-1]}@partner.example"} for each in contacts]
    )


def _begin(session: Session, service: Service, now: datetime) -> None:
    """Make the campaign and start it, as an administrator does."""
    people = [
        {"name": name, "organisation": where, "email": f"{name.replace(' ', '.').lower()}@partner.example"}
        for name, where in _AUDITED
    ]
    today = local_day(now)
    wanted = Wanted(CAMPAIGN, SURVEY, today, today + timedelta(days=_DAYS_OPEN), reminders=1, file=_csv(people))
    catalogue, council = service.catalogue, service.council
    campaign_id = one_off.make(session, wanted, catalogue=catalogue, staff_id=None, now=now)
    running.start(session, campaign_id, len(people), staff_id=None, catalogue=catalogue, council=council, now=now)


def _csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()
