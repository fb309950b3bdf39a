"""No path from an answer to a person: a quarter is played, and an insider looks at everything there is.

What the insider finds must be no better than chance within a team. That they could find something is shown by the same
quarter with one thing done carelessly: each time the same insider finds out who said what.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

import pytest
from sqlalchemy import delete, insert

from channels.email import KeptMail
from store import audit
from store.session import Session
from store.tables import Message, Staff, Ticket
from tests.bot.pulse.insider import Copies, Insider, all_words, dump
from tests.bot.pulse.offices import PRIVATE_LINK, TEAMS, Office, email_of, make_office, staff_of

DAYS = 6
ANSWERS = DAYS * len(TEAMS)
CHANCE = 4
"""So many of the twelve answers may be guessed right by luck: by guessing in a team of twelve it is one."""


class Quarter:
    """A quarter in which on each day one of each team answers, and everybody looks at one alert in the console.

    Attributes:
        finishes: whoever answers says END; else they leave their page as it is, with the first question answered.
    """

    def __init__(self, office: Office, *, finishes: bool = True) -> None:
        self.office = office
        self.finishes = finishes
        self.copies = Copies([], [], {})
        self.tokens: dict[str, str] = {}
        self.truth: dict[str, int] = {}
        self.sleeps = True
        self._stranger = 0

    def ask(self) -> None:
        self.office.ask()
        self.tokens = {email: self.office.token_of(email) for email in staff_of(TEAMS)}

    def play(self, random: Random) -> None:
        answering = {team: random.sample(range(people), DAYS) for team, people in TEAMS.items()}
        self.copy()
        for day in range(DAYS):
            self.office.clock.at = self.office.clock.at.replace(hour=9, minute=2)
            today = {team: email_of(team, members[day]) for team, members in answering.items()}
            for team, email in today.items():
                self._answer(email, f"marker{team}{day}x")
            self._work(random, set(today.values()))
            self.go_on()
            self.copy()

    def _answer(self, email: str, marker: str) -> None:
        self._text_from_a_family()
        self.office.clock.move(timedelta(minutes=17, seconds=3))
        chat = self.office.tickets.hand_in(self.tokens[email])
        assert chat is not None
        self.office.room.say(chat, f"4 {marker}")
        if self.finishes:
            self.office.room.say(chat, "END")
        self.office.clock.move(timedelta(seconds=20))
        self.truth[marker] = self._works(email)
        self.office.clock.move(timedelta(seconds=40))
        self._text_from_a_family()

    def _works(self, email: str) -> int:
        """Somebody looks at an alert in the console, which is written down under their name."""
        with self.office.database.writing() as session:
            staff_id = session.query(Staff.id).filter_by(email=email).scalar()
            _look(session, staff_id, self.office.clock.now())
        return staff_id

    def _work(self, random: Random, done: set[str]) -> None:
        """Everybody else does too, some time in the afternoon."""
        with self.office.database.writing() as session:
            others = [member.id for member in session.query(Staff).order_by(Staff.id) if member.email not in done]
            for staff_id in random.sample(others, len(others)):
                _look(session, staff_id, self.office.clock.move(timedelta(minutes=random.randrange(1, 9))))

    def _text_from_a_family(self) -> None:
        self._stranger += 1
        self.office.room.house.text("Thank you for today", address=f"+4477009001{self._stranger:02}")

    def go_on(self) -> None:
        if self.sleeps:
            self.office.night()
        else:
            self.office.clock.move(timedelta(hours=13))

    def copy(self) -> None:
        rows, self.copies.references = dump(self.office.database)
        self.copies.nights.append(rows)

    def found(self) -> dict[str, int]:
        """How many answers the insider has put down to the right person, by the way of guessing."""
        return self._right(Insider(self.copies, Random(3)), list(self.truth))

    def found_in_the_mornings(self) -> dict[str, int]:
        """The same, where they look at each night's answers in the morning, with the copies that there are by then."""
        found: Counter[str] = Counter()
        for night in range(1, len(self.copies.nights)):
            nights = self.copies.nights[: night + 1]
            before, after = all_words(nights[-2]), all_words(nights[-1])
            new = [marker for marker in self.truth if marker in after and marker not in before]
            found.update(self._right(Insider(replace(self.copies, nights=nights), Random(3)), new))
        return found

    def _right(self, insider: Insider, markers: list[str]) -> dict[str, int]:
        return {
            way: sum(self.truth[marker] == who for marker, who in guessed.items())
            for way, guessed in insider.guesses(markers)
        }


def _look(session: Session, staff_id: int, now: datetime) -> None:
    audit.record(session, at=now, staff_id=staff_id, what="looked at an alert", subject="K3P-7QX")


@pytest.mark.parametrize("finishes", [True, False])
def test_an_insider_finds_nobody(office: Office, caplog: pytest.LogCaptureFixture, finishes: bool):
    quarter = Quarter(office, finishes=finishes)
    with caplog.at_level(logging.DEBUG):
        quarter.ask()
        quarter.play(Random(11))
    quarter.copies.log += caplog.text.splitlines()
    found = quarter.found()
    assert len(quarter.truth) == ANSWERS
    assert len(found) > 5, "every way of guessing was gone"
    assert max(found.values()) <= CHANCE, found
    in_the_mornings = quarter.found_in_the_mornings()
    assert max(in_the_mornings.values()) <= CHANCE, in_the_mornings


def _keep_the_mails(quarter: Quarter) -> None:
    """Mails are kept with their links, as they are while the service is being tried out."""
    channels = quarter.office.room.house.service.channels
    assert isinstance(channels, dict)
    channels["email"] = KeptMail()
    quarter.office.ask()
    with quarter.office.database.reading() as session:
        mails = session.query(Message.address, Message.text).filter_by(channel="email").all()
    quarter.tokens = {address: PRIVATE_LINK.search(words)[1] for address, words in mails}


def _make_tickets_of_addresses(quarter: Quarter) -> None:
    """A ticket's token can be worked out from whom it was sent to."""
    quarter.ask()
    with quarter.office.database.writing() as session:
        for email, token in quarter.tokens.items():
            ticket = session.get(Ticket, sha256(token.encode()).hexdigest())
            ticket.token_hash = sha256(email.encode()).hexdigest()
    quarter.tokens = {email: email for email in quarter.tokens}


def _write_tickets_in_order(quarter: Quarter) -> None:
    """Tickets are written in the order in which people are."""
    quarter.ask()
    with quarter.office.database.writing() as session:
        kept = {ticket.token_hash: ticket.open_survey_id for ticket in session.query(Ticket)}
        session.execute(delete(Ticket))
        session.flush()
        for email in staff_of(TEAMS):
            digest = sha256(quarter.tokens[email].encode()).hexdigest()
            row = {"token_hash": digest, "open_survey_id": kept[digest], "is_spent": False}
            session.execute(insert(Ticket).values(row))


def _leave_the_nights_out(quarter: Quarter) -> None:
    """Rows are left as they were written by day."""
    quarter.ask()
    quarter.sleeps = False


def _log_the_links(quarter: Quarter) -> None:
    """A log says who was sent which link."""
    quarter.ask()
    quarter.copies.log += [
        f"mailed {email} https://heard.council.example/t/{token}" for email, token in quarter.tokens.items()
    ]


@pytest.mark.parametrize(
    "carelessly",
    [_keep_the_mails, _make_tickets_of_addresses, _write_tickets_in_order, _leave_the_nights_out, _log_the_links],
)
def test_where_one_thing_is_done_carelessly_the_same_insider_finds_them(
    sqlite, clock, carelessly: Callable[[Quarter], None]
):
    quarter = Quarter(make_office(sqlite, clock))
    carelessly(quarter)
    quarter.play(Random(11))
    found = quarter.found()
    assert max(found.values()) >= ANSWERS - 2, found
