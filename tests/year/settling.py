"""What a council sets up once before the year begins: duty people and their rota, staff in their teams, and its partners."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import StringIO

from bot.calendar import LONDON
from bot.campaigns import partners
from bot.cover import shifts
from bot.staffing import Changes, change
from store.council import staff
from store.session import Database
from tests.year.county import BEGINS, DISTRICTS, ENDS, County
from tests.year.rules import HOLIDAYS

DUTY = "duty@council.example"
PARTNERS = 200
LEFT_UNCOVERED = {date(2026, 3, 10), date(2026, 6, 16), date(2026, 9, 23), date(2026, 11, 4)}
"""Working days on which somebody had forgotten the rota."""


def covered() -> Iterator[tuple[datetime, datetime]]:
    """From when to when somebody is on duty: every working day but for a few, from nine to seven."""
    for number in range((ENDS - BEGINS).days + 1):
        day = BEGINS + timedelta(days=number)
        if day.weekday() < 5 and day not in HOLIDAYS | LEFT_UNCOVERED:
            yield datetime.combine(day, time(9), LONDON), datetime.combine(day, time(19), LONDON)


def keep_the_rota(database: Database, now: datetime) -> None:
    """Write the year's rota down."""
    with database.writing() as session:
        staff.add(session, DUTY, "Dee Duty", "duty")
        for begins_at, ends_at in covered():
            shifts.add(session, DUTY, begins_at, ends_at, by=None, now=now)


def put_in_teams(database: Database, county: County, now: datetime) -> None:
    """Say where everybody works, who is known from the case list by now or is not."""
    with database.writing() as session:
        for colleague in [*county.managers, *county.workers]:
            if staff.by_email(session, colleague.email) is None:
                staff.add(session, colleague.email, colleague.name, "worker")
            change(session, colleague.email, Changes(unit=f"Unit {colleague.unit + 1}"), now=now)


def register_partners(database: Database, now: datetime) -> None:
    """Take in the register of partners: one contact for each organisation."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(["organisation", "kind", "level", "district", "post", "name", "email", "mobile"])
    for number in range(PARTNERS):
        place = DISTRICTS[number % len(DISTRICTS)]
        email = f"lead.{number}@partner.example"
        writer.writerow([f"School {number}", "school", "universal", place, "Safeguarding lead", "Pat Oak", email, ""])
    with database.writing() as session:
        taken_in = partners.import_list(session, written.getvalue().encode(), now)
    assert (taken_in.added, list(taken_in.refused)) == (PARTNERS, [])
