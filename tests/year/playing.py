"""Plays a county's year through the service's own ways in: the daily case list, the jobs of the clock, and phones."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.calendar import LONDON, is_working_day
from bot.cases.load import import_case_list
from bot.cases.rows import COLUMNS
from bot.clockwork.due import due_between
from bot.jobs import JOBS
from bot.people import alone, barring
from store.session import Session
from store.tables import Case, Invitation, Participant, Person
from tests.builders import House
from tests.year import settling
from tests.year.county import BEGINS, County, Member, PlannedCase

TIMED = [job for job in JOBS if job.has_a_time]
OFTEN = [job for job in JOBS if not job.has_a_time]
LOOKS = [time(10), time(15, 50)]
"""When the clock looks on a working day: at least once in every audience's hours."""

AFTERWARDS = time(18, 11)
"""When nobody is asked any more, and nothing is about to fall due."""


class Player:
    """Plays a year day by day. Every word goes through the inbox and every decision through the clock's own jobs."""

    def __init__(self, house: House, county: County, folder: Path) -> None:
        """Prepare to play.

        Attributes:
            busiest_day: the day on which most people were due.
            busiest_morning: how everything stood on its morning.
        """
        self._house, self._county, self._folder = house, county, folder
        self.busiest_day, self.busiest_morning, self._most_due = BEGINS, folder / "busiest.sqlite", 0
        self._moods = {member.mobile: member.answers for case in county.cases for member in case.members}
        self._heard, self._stopped = 0, set[str]()

    def silence(self) -> None:
        """Let nobody take up a phone any more."""
        self._moods.clear()

    def begin(self, day: date) -> None:
        """What a council sets up before its first day: the whole list, and all that no list brings."""
        database, clock = self._house.database, self._house.clock
        clock.at = datetime.combine(day, time(6), LONDON)
        settling.keep_the_rota(database, clock.now())
        settling.register_partners(database, clock.now())
        self._bring_the_list(day, whole=True)
        self._record(day, whole=True)
        settling.put_in_teams(database, self._county, clock.now())

    def play(self, first: date, last: date) -> None:
        """Play these days, both included."""
        day = first
        while day <= last:
            self._go_to(datetime.combine(day, time(7), LONDON))
            self._bring_the_list(day)
            self._record(day)
            self._keep_if_busiest(day)
            self.look_through(day)
            day += timedelta(days=1)

    def look_through(self, day: date) -> None:
        """The hours in which people are asked, and the time until all that they have left to do is done."""
        for look in LOOKS if is_working_day(day) else []:
            self._go_to(datetime.combine(day, look, LONDON))
            self._ask()
        self._go_to(datetime.combine(day, AFTERWARDS, LONDON))

    def _keep_if_busiest(self, day: date) -> None:
        tonight = datetime.combine(day, time(18), LONDON)
        waiting = select(func.count()).where(Invitation.status == "offered", Invitation.due_at < tonight)
        with self._house.database.reading() as session:
            due = session.scalar(waiting) or 0
        if due > self._most_due:
            self.busiest_day, self._most_due = day, due
            self.busiest_morning.unlink(missing_ok=True)
            with sqlite3.connect(str(self._house.database.engine.url.database)) as connection:
                connection.execute("VACUUM INTO ?", (str(self.busiest_morning),))

    def _go_to(self, moment: datetime) -> None:
        """Let time pass until then. What falls due by the way is done once, at its latest time, as after a night without power."""
        clock, service = self._house.clock, self._house.service
        last = {due.job.name: due for due in due_between(TIMED, clock.now(), moment)}
        for due in sorted(last.values(), key=lambda due: due.at):
            clock.at = due.at
            due.job.run(service, clock)
        clock.at = moment

    def _ask(self) -> None:
        """Everything that is done over and over, once; then whoever has been asked takes up the phone."""
        service, clock = self._house.service, self._house.clock
        for job in OFTEN:
            job.run(service, clock)
        service.outbox.drain()
        self._phones()

    def _phones(self) -> None:
        """Whoever has been sent something new does as they are: most say nothing, some answer all, some say stop."""
        sent = self._house.sms.sent
        while self._heard < len(sent):
            message = sent[self._heard]
            self._heard += 1
            words = self._says(message.address, message.text)
            if words:
                self._house.text(words, address=message.address)

    def _says(self, address: str, text: str) -> str | None:
        mood = self._moods.get(f"0{address[3:7]} {address[7:]}")
        if mood == "stop" and address not in self._stopped and "STOP" in text:
            self._stopped.add(address)
            return "STOP"
        if mood != "all":
            return None
        if "Text GO" in text:
            return "GO"
        return "1" if text[:1].isdigit() and "/" in text[:4] else None

    def _bring_the_list(self, day: date, *, whole: bool = False) -> None:
        cases = [case for case in self._county.cases if (case.known_by(day) if whole else case.changes_on(day))]
        if not cases:
            return
        path = self._folder / f"{day}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(row for case in cases for row in _rows(case, day, self._county))
        service = self._house.service
        parts = {"database": service.database, "catalogue": service.catalogue, "council": service.council}
        summary = import_case_list(path, clock=self._house.clock, **parts)
        assert summary.refused == []

    def _record(self, day: date, *, whole: bool = False) -> None:
        """What workers decide: who may take part alone as soon as the case is known, and whom nobody is to contact."""
        service = self._house.service
        parts = {"catalogue": service.catalogue, "council": service.council, "now": self._house.clock.now()}
        for case in self._county.cases:
            is_new = bool(case.known_by(day)) if whole else case.events[0][0] == day
            for member in case.members:
                if is_new and member.may_alone:
                    with service.database.writing() as session:
                        person_id, staff_id = _find(session, case, member)
                        alone.decide(session, person_id, may=True, why="Sensible.", staff_id=staff_id, **parts)
                if member.barred_on == day:
                    with service.database.writing() as session:
                        person_id, staff_id = _find(session, case, member)
                        barring.bar(session, person_id, "asked_not_to", note=None, staff_id=staff_id, **parts)


def _find(session: Session, case: PlannedCase, member: Member) -> tuple[int, int]:
    """Somebody's id, and that of their worker."""
    query = (
        select(Person.id, Case.worker_id)
        .join(Participant, Participant.person_id == Person.id)
        .join(Case, Case.id == Participant.case_id)
        .where(Case.reference == case.reference, Participant.role == member.role, Person.name == member.name)
    )
    person_id, worker_id = session.execute(query).one()
    return person_id, worker_id


def _rows(case: PlannedCase, day: date, county: County) -> Iterator[dict[str, str]]:
    worker = case.worker_on(day)
    for member in case.members:
        yield {
            **dict.fromkeys(COLUMNS, ""),
            "case_reference": case.reference,
            "service": "Early Help units",
            "unit": f"Unit {case.unit + 1}",
            "district": county.district_of(case.unit),
            "level": case.level,
            "worker_name": worker.name,
            "worker_email": worker.email,
            "line_manager_name": county.managers[case.unit].name,
            "line_manager_email": county.managers[case.unit].email,
            "stages": "; ".join(f"{what}:{when}" for when, what in case.known_by(day)),
            "participant_role": member.role,
            "name_to_use": member.name,
            "birth_date": str(member.birth_date or ""),
            "mobile": member.mobile,
            "language": "en",
            "safe_contact": member.safe_contact,
        }
