"""Two months in an invented council, played through the same inbox, invitations, outbox and jobs as real ones.

The clock is set to each visit of the story in turn: the case list as it stood that day is imported, whoever is due is
asked, some answer, the jobs run. What is left at the end is what a service in use would hold. Each day that has been played
is noted in the log, so that a story that was broken off goes on where it was.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random
from secrets import token_hex
from tempfile import TemporaryDirectory

from bot import jobs
from bot.calendar import LONDON, is_working_day, local_day
from bot.cases.generator import DEMONSTRATION, generate
from bot.cases.load import import_case_list
from bot.cases.rows import COLUMNS
from bot.clock import SetClock
from bot.conversation.state import State
from bot.demonstration.replies import DISCLOSURE, PAST_HARM, Mood, reply_to
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.service import Service
from channels.base import Received
from store import audit
from store.session import Database, Session
from store.shown import watching
from store.talks import conversations

SEED = 7
ROWS = 150
DAYS_BACK = 64
DAYS_BETWEEN = 4
ANSWERS_OF_TEN = 5
AN_HOUR = timedelta(hours=1)
LAST_ADDRESSES_LEFT = 6
"""Phones that nobody answers on the last day, so that a newcomer can."""


BEGUN, PLAYED, FINISHED = ("began the demonstration", "played a day of the demonstration", "finished the demonstration")
SUBJECT = "demonstration"


def begin(database: Database, now: datetime) -> bool:
    """Whether there is a story to tell: into an empty database, where it is noted, or on from where it was broken off."""
    with database.writing() as session:
        if audit.subjects(session, BEGUN):
            return not audit.subjects(session, FINISHED)
        if watching.has_people(session):
            return False
        audit.record(session, at=now, staff_id=None, what=BEGUN, subject=SUBJECT)
        return True


def finish(session: Session, now: datetime) -> None:
    """Note that the story is told, and all is ready for whoever looks at it."""
    audit.record(session, at=now, staff_id=None, what=FINISHED, subject=SUBJECT)


class Story:
    """The demonstration council's history, told into a database that has nothing else in it."""

    def __init__(self, service: Service, tell: Callable[[str], None]) -> None:
        """Prepare the story.

        Args:
            tell: called with each day that is played, for the person who waits.
        """
        self._chance = Random(SEED)
        self._tell = tell
        self._now = service.clock.now()
        self._today = local_day(self._now - AN_HOUR)
        self._clock = SetClock(service.clock.now())
        self._outbox = Outbox(service.database, service.channels, self._clock, lease=timedelta(minutes=1))
        inbox = Inbox(service.database, service.catalogue, service.council, self._clock, wake=lambda: None)
        self._service = replace(service, clock=self._clock, inbox=inbox, outbox=self._outbox)
        self._numbers = (f"DEMO{token_hex(4)}-{number}" for number in count(1))
        self._special = iter([PAST_HARM, DISCLOSURE])

    def play(self) -> None:
        """Tell it to today: from the beginning, or from the day at which it was broken off."""
        database = self._service.database
        with database.reading() as session:
            played = max(audit.subjects(session, PLAYED), default="")
        visits = [day for day in _visits(self._today) if day.isoformat() > played]
        for day in visits:
            self._tell(f"{day:%-d %B}")
            self._visit(day, is_last=day == visits[-1])
            with database.writing() as session:
                audit.record(session, at=self._now, staff_id=None, what=PLAYED, subject=day.isoformat())

    def _visit(self, day: date, *, is_last: bool) -> None:
        self._clock.at = min(datetime.combine(day, time(10, 30), LONDON), self._now - AN_HOUR)
        self._import_as_of(day)
        jobs.run("lapses", self._service, self._clock)
        jobs.run("invitations", self._service, self._clock)
        self._outbox.drain()
        asked = self._asked()
        answering = asked[:-LAST_ADDRESSES_LEFT] if is_last else asked
        for address in answering:
            if self._chance.randrange(10) < ANSWERS_OF_TEN:
                self._answer(address)
        jobs.run("tags", self._service, self._clock)
        jobs.run("digests", self._service, self._clock)
        self._outbox.drain()

    def _import_as_of(self, day: date) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "cases.csv"
            write_as_of(path, day, self._today)
            service = self._service
            import_case_list(
                path, database=service.database, catalogue=service.catalogue, council=service.council, clock=self._clock
            )

    def _asked(self) -> list[str]:
        with self._service.database.reading() as session:
            return watching.invited_addresses(session)

    def _answer(self, address: str) -> None:
        mood: Mood = self._chance.choices(("glad", "mixed", "cross"), (6, 3, 2))[0]
        gives_up_after = self._chance.choice((2, 4, 99, 99, 99, 99))
        self._text(address, self._chance.choice(("GO", "ok", "go")))
        for turn in range(12):
            state = self._state(address)
            if state is None or state.question is None or state.phase != "asking":
                return
            if turn == gives_up_after:
                self._text(address, self._chance.choice(("STOP", "skip", "stop")))
                return
            survey = self._service.catalogue.get(state.survey_id, state.survey_version)
            question = survey.question(state.question)
            special = next(self._special, None) if question.metric == "free_better" and mood == "glad" else None
            self._text(address, special or reply_to(question, mood, self._chance))

    def _text(self, address: str, text: str) -> None:
        self._clock.move(timedelta(seconds=self._chance.randrange(8, 90)))
        self._service.inbox.receive(Received("sms", next(self._numbers), address, text))
        self._outbox.drain()

    def _state(self, address: str) -> State | None:
        with self._service.database.reading() as session:
            talk = conversations.open_at(session, "sms", address)
        return State.from_json(talk.state) if talk else None


def _visits(today: date) -> Iterator[date]:
    """The working days on which something happens, the last one today or the working day before."""
    days = [today - timedelta(days=back) for back in range(DAYS_BACK, -1, -1)]
    working = [day for day in days if is_working_day(day)]
    chosen = working[:: -DAYS_BETWEEN + 1][::-1]
    yield from chosen


def write_as_of(path: Path, day: date, today: date) -> None:
    """Write the demonstration's case list as it stood on a day: later stages, and cases without any yet, are left out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for row in generate(ROWS, SEED, today, DEMONSTRATION):
            stages = [stage for stage in row["stages"].split("; ") if date.fromisoformat(stage.split(":")[1]) <= day]
            if stages:
                writer.writerow({**row, "stages": "; ".join(stages)})
