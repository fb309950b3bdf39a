"""A council that lives by the clock's own table: lists come in, days go by, phones are answered, pages are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.access import Viewer
from bot.calendar import LONDON, local_day
from bot.cases.load import ImportSummary
from bot.cases.rows import ALL_COLUMNS
from bot.clockwork.due import due_between
from bot.jobs import JOBS
from bot.organisation import read_by
from bot.shown import coverage_view
from bot.shown.answers import latest
from store.council import data_notes
from store.session import Database
from store.shown.coverage import By, Wanted
from store.tables import Alert, Answer, Case, Conversation, Invitation, Message, Person, Staff
from tests.bot.cases.lists import as_text, import_file
from tests.builders import MUM, House

AN_HOUR = timedelta(hours=1)
LOOKS = (time(7, 30), time(10, 30), time(12, 30), time(14, 30), time(15, 50))
"""When a day is looked at: before the hours of families, and once in those of each audience."""
READERS = {"administrator": Viewer(0, "administrator")}


def london(words: str) -> datetime:
    """A moment as people write it: `2026-10-06 12:30`."""
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def _next_look(moment: datetime) -> datetime:
    today = local_day(moment)
    looks = (datetime.combine(day, at, LONDON) for day in (today, today + timedelta(days=1)) for at in LOOKS)
    return next(look for look in looks if look > moment)


@dataclass
class Town:
    """The service, its clock, and the folder into which case lists come."""

    house: House
    folder: Path

    @property
    def database(self) -> Database:
        return self.house.database

    def told(self, *rows: dict[str, str]) -> ImportSummary:
        """A case list comes in, now."""
        path = self.folder / "case-list.csv"
        path.write_text(as_text(rows, columns=ALL_COLUMNS), encoding="utf-8", newline="")
        return import_file(self.database, self.house.clock, path)

    def live(self, until: str) -> None:
        """Let days go by up to a moment: whatever the clock's table has due is run, and what follows leaves.

        The clock is looked at where the hours of an audience have begun, and so often that no job of an hour is missed that
        would have changed anything; what came round several times in between is run once, as the clock itself does it.
        """
        clock, end = self.house.clock, london(until)
        while clock.at < end:
            last, now = clock.at, min(_next_look(clock.at), end)
            for due in due_between(JOBS, last, now):
                clock.at = due.at
                if due.job.run(self.house.service, clock):
                    self.house.service.outbox.drain()
            clock.at = now
            self.house.service.outbox.drain()

    def sleep(self, until: str) -> None:
        """The service is down up to a moment; then what it has missed is run once, as by a clock that starts."""
        clock, last = self.house.clock, self.house.clock.at
        clock.at = london(until)
        for due in due_between(JOBS, last, clock.at):
            if due.job.when.may_begin(clock.at):
                due.job.run(self.house.service, clock)
        self.house.service.outbox.drain()

    def says(self, *replies: str, mobile: str = MUM) -> None:
        """Somebody texts, two minutes apart."""
        for words in replies:
            self.house.clock.move(timedelta(minutes=2))
            self.house.text(words, mobile)

    def texts(self, mobile: str = MUM) -> list[str]:
        """All that was texted to a number."""
        return self.house.said(mobile)

    def sent_at(self, mobile: str = MUM) -> list[str]:
        """When texts of ours that nobody had asked for left for a number, London time."""
        sent = select(Message.sent_at).where(
            Message.address == mobile, Message.kind.in_(("invitation", "reminder")), Message.sent_at.is_not(None)
        )
        with self.database.reading() as session:
            return [f"{at.astimezone(LONDON):%a %d %b %H:%M}" for at in session.scalars(sent.order_by(Message.sent_at))]

    def rows(self, statement: Any) -> list[Any]:
        with self.database.reading() as session:
            return [tuple(row) for row in session.execute(statement)]

    def stands(self) -> list[tuple[str, str, str, str | None]]:
        """Every invitation: whose, about which stage, how it stands and why not; in the order of people and days."""
        columns = (Person.name, Invitation.stage, Invitation.status, Invitation.not_asked_because)
        found = select(*columns).join(Person, Person.id == Invitation.person_id).where(Invitation.stage.is_not(None))
        return self.rows(found.order_by(Person.name, Invitation.stage_on, Invitation.id))

    def answers(self) -> list[tuple[str, str, str]]:
        """Whose answer each is, about which stage, and to which question."""
        found = (
            select(Person.name, Answer.stage, Answer.question)
            .join(Conversation, Conversation.id == Answer.conversation_id)
            .join(Person, Person.id == Conversation.person_id)
        )
        return self.rows(found.order_by(Answer.id))

    def coverage(self, by: By = "stage", viewer: Viewer | None = None) -> coverage_view.CoverageTable:
        """Coverage as its page shows it to an administrator, or to somebody else."""
        today = local_day(self.house.clock.now())
        with self.database.reading() as session:
            seer = viewer or READERS["administrator"]
            return coverage_view.table(session, seer, by, Wanted(today - timedelta(days=365)), today)

    def gaps(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """The stages with no voice: for each case and stage, who was not heard and why, in the words of the page."""
        today = local_day(self.house.clock.now())
        wanted = Wanted(today - timedelta(days=365))
        with self.database.reading() as session:
            page = coverage_view.silent_stages(session, READERS["administrator"], wanted, today)
        return {(line.case_reference, line.stage): list(line.people) for line in page.lines}

    def notes(self) -> list[tuple[str, str]]:
        """The cases and codes of what teams are told to put right."""
        with self.database.reading() as session:
            return [(note.cases, note.code) for note in data_notes.standing(session)]

    def alerts(self) -> list[tuple[str, str]]:
        return self.rows(select(Alert.reason, Alert.severity).order_by(Alert.id))

    def staff(self, email: str) -> Viewer:
        """Somebody who is signed in, with those for whom they read today."""
        with self.database.reading() as session:
            member = session.scalars(select(Staff).where(Staff.email == email)).one()
            reads_for = read_by(session, member.id, local_day(self.house.clock.now()))
            return Viewer(member.id, member.role, reads_for)

    def inbox(self, viewer: Viewer) -> list[str | None]:
        """The words in somebody's inbox, the latest first; None where they are held."""
        with self.database.reading() as session:
            page = latest(session, viewer, catalogue=self.house.service.catalogue)
            return [line.words for line in page.answers]

    def mails(self, address: str) -> list[str]:
        """The subjects of the mails to an address."""
        return [mail.subject or "" for mail in self.house.email.sent if mail.address == address]

    def person(self, name: str) -> int:
        return int(self.rows(select(Person.id).where(Person.name == name))[0][0])

    def case(self, reference: str = "EH-1") -> int:
        return int(self.rows(select(Case.id).where(Case.reference == reference))[0][0])
