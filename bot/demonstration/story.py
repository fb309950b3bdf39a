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
from bot.cases import events
from bot.cases.generator import DEMONSTRATION, generate
from bot.cases.load import import_case_list
from bot.cases.rows import COLUMNS
from bot.clock import SetClock
from bot.conversation.state import State
from bot.demonstration import partners
from bot.demonstration.replies import DISCLOSURE, PARTNERS_WORDS, PAST_HARM, WORDS, Mood, reply_to
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.people import alone
from bot.service import Service
from channels.base import Received
from store import audit
from store.session import Database, Session
from store.shown import watching
from store.shown.watching import Line
from store.talks import conversations
from surveys.stages import FAMILIES

SEED = 7
ROWS = 120
DAYS_BACK = 64
DAYS_BETWEEN = 4
ANSWERS_OF_TEN = 5
AN_HOUR = timedelta(hours=1)
LAST_ADDRESSES_LEFT = 6
"""Phones that nobody answers on the last day, so that a newcomer can."""
JUST_ENDED = 2
"""Cases of each line manager that end on the last day."""
ONE_IS_LEFT_OF = 3
"""Young people of 11 to 15, of whom one has nobody's decision yet that they can take part alone."""
BEFORE_THE_STORY = timedelta(days=28)
"""Stages older than this on its first day are left out: nobody could be asked about them any more."""

BEGUN, PLAYED, FINISHED = ("began the demonstration", "played a day of the demonstration", "finished the demonstration")
ENDED = "ended cases of the demonstration"
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


def is_told(session: Session) -> bool:
    """Whether this database holds the demonstration, told to its end."""
    return bool(audit.subjects(session, FINISHED))


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
        visits = list(_visits(self._today))
        for place, day in enumerate(visits):
            if day.isoformat() <= played:
                continue
            self._tell(f"{day:%-d %B}")
            self._visit(day, is_last=day == visits[-1])
            self._visit_partners(place, len(visits))
            with database.writing() as session:
                audit.record(session, at=self._now, staff_id=None, what=PLAYED, subject=day.isoformat())
        self._end_some_cases()

    def _visit(self, day: date, *, is_last: bool) -> None:
        self._clock.at = min(datetime.combine(day, time(10, 30), LONDON), self._now - AN_HOUR)
        self._import_as_of(day)
        self._let_some_take_part_alone()
        jobs.run("lapses", self._service, self._clock)
        jobs.run("invitations", self._service, self._clock)
        self._outbox.drain()
        asked = self._asked()
        answering = asked[:-LAST_ADDRESSES_LEFT] if is_last else asked
        for line in answering:
            if self._chance.randrange(10) < ANSWERS_OF_TEN:
                self._answer(line)
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

    def _let_some_take_part_alone(self) -> None:
        service, now = self._service, self._clock.now()
        with service.database.writing() as session:
            for person_id, worker_id in watching.without_agreement(session):
                if person_id % ONE_IS_LEFT_OF:
                    alone.decide(
                        session,
                        person_id,
                        may=True,
                        why="Understands the questions, and has said that they would like to be asked.",
                        staff_id=worker_id,
                        catalogue=service.catalogue,
                        council=service.council,
                        now=now,
                    )

    def _end_some_cases(self) -> None:
        """The last thing that happens: they are asked about the end of it in some days, so something is coming up."""
        service, day = self._service, local_day(self._clock.now())
        with service.database.writing() as session:
            if audit.subjects(session, ENDED):
                return
            audit.record(session, at=self._now, staff_id=None, what=ENDED, subject=SUBJECT)
            for case_id in watching.open_cases(session, JUST_ENDED):
                events.report(
                    session,
                    case_id,
                    "closure",
                    day,
                    catalogue=service.catalogue,
                    council=service.council,
                    now=self._clock.now(),
                )
        self._outbox.drain()

    def _visit_partners(self, place: int, visits: int) -> None:
        partners.join(self._service, self._clock.now(), place, visits)
        for job in ("campaigns", "campaign-invitations", "campaign-reminders"):
            jobs.run(job, self._service, self._clock)
        self._outbox.drain()

    def _asked(self) -> list[Line]:
        with self._service.database.reading() as session:
            return watching.invited_lines(session)

    def _answer(self, line: Line) -> None:
        mood: Mood = self._chance.choices(("glad", "mixed", "cross"), (6, 3, 2))[0]
        gives_up_after = self._chance.choice((2, 4, 99, 99, 99, 99))
        self._say(line, self._chance.choice(("GO", "ok", "go")))
        for turn in range(12):
            state = self._state(line)
            if state is None or state.question is None or state.phase != "asking":
                return
            if turn == gives_up_after:
                self._say(line, self._chance.choice(("STOP", "skip", "stop") if line.channel == "sms" else ("skip",)))
                return
            survey = self._service.catalogue.get(state.survey_id, state.survey_version)
            question = survey.question(state.question)
            is_family = survey.audience in FAMILIES
            may_be_special = is_family and question.metric == "free_better" and mood == "glad"
            special = next(self._special, None) if may_be_special else None
            words = WORDS if is_family else PARTNERS_WORDS
            self._say(line, special or reply_to(question, mood, self._chance, words))

    def _say(self, line: Line, text: str) -> None:
        self._clock.move(timedelta(seconds=self._chance.randrange(8, 90)))
        self._service.inbox.receive(Received(line.channel, next(self._numbers), line.address, text))
        self._outbox.drain()

    def _state(self, line: Line) -> State | None:
        with self._service.database.reading() as session:
            talk = conversations.open_at(session, line.channel, line.address)
        return State.from_json(talk.state) if talk else None


def _visits(today: date) -> Iterator[date]:
    """The working days on which something happens, the last one today or the working day before."""
    days = [today - timedelta(days=back) for back in range(DAYS_BACK, -1, -1)]
    working = [day for day in days if is_working_day(day)]
    chosen = working[:: -DAYS_BETWEEN + 1][::-1]
    yield from chosen


def write_as_of(path: Path, day: date, today: date) -> None:
    """Write the demonstration's case list as it stood on a day: later stages, and cases without any yet, are left out."""
    first = today - timedelta(days=DAYS_BACK) - BEFORE_THE_STORY
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for row in generate(ROWS, SEED, today, DEMONSTRATION):
            stages = [
                stage for stage in row["stages"].split("; ") if first <= date.fromisoformat(stage.split(":")[1]) <= day
            ]
            if stages:
                writer.writerow({**row, "stages": "; ".join(stages)})
