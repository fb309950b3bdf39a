"""No mail names anybody or repeats a word that somebody said: the whole app, with a mail server at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from app import create_app
from bot import jobs
from bot.clock import SetClock
from bot.tagging import tag_waiting
from channels.email import SmtpMail
from console.wiring import EXTENSION
from settings import Settings
from store.tables import Case, Message, Person, Staff, Unit
from tests.app.test_house import REAL
from tests.bot.digesting import NOVEMBER
from tests.builders import House, make_case
from tests.fakes import FakeChannel
from tests.standins.smtp import MailServer, html_of, text_of

MARKER = "zzmarker"
"""Stands in every name, reference and word that anybody here has or says."""
PHONE = "+447700900321"
DESKS = {"DUTY_EMAIL": "duty@kent.example", "DUTY_NAME": f"{MARKER} of the duty desk", "DUTY_MOBILE": "+447700900999"}
DESKS |= {f"{desk}_EMAIL": f"{desk.lower()}@kent.example" for desk in ("SAFEGUARDING", "COMPLAINTS", "DATA")}
DESKS |= {"SMS_A_SECOND": "1000", "MAIL_A_SECOND": "1000"}  # the clock stands still while all that is due goes
WORDS = ("7", "1", "1", "1", "1", f"{MARKER} helped us to talk again")
TURNS: dict[str, tuple[str, ...]] = {
    "answers": WORDS,
    "is hit": ("7", f"1 but {MARKER} hit me last night"),
    "is groomed": ("7", f"1 {MARKER} adds me on snap n says dont tell my manager"),
    "complains": (*WORDS[:5], f"I want to complain about {MARKER}, she was rude to my mum", "1"),
    "asks for data": (*WORDS[:5], "what do u have on me"),
    "wants it deleted": (*WORDS[:5], "delete what i said"),
    "wants a person": (*WORDS[:5], "can someone call me"),
}


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as standin:
        yield standin


@pytest.fixture
def house(sqlite_url: str, clock: SetClock, server: MailServer) -> House:
    sms = FakeChannel("sms")
    mail = SmtpMail(host=server.host, port=server.port, security="none", sender="Heard <heard@kent.example>")
    settings = Settings.from_environment({**REAL, **DESKS, "DATABASE_URL": sqlite_url, "CONTACT_CAP_DAYS": "0"})
    app = create_app(settings, channels={"sms": sms, "email": mail}, clock=clock)
    return House(app.extensions[EXTENSION], sms, FakeChannel("email"), clock)


def mark_everybody(house: House) -> None:
    """Give everyone and everything a name with the marker in it."""
    with house.database.writing() as session:
        for table, column in ((Person, Person.name), (Staff, Staff.name), (Unit, Unit.name), (Unit, Unit.district)):
            session.execute(update(table).values({column: MARKER}))
        session.execute(update(Case).values({Case.reference: MARKER + "-" + Case.reference}))


def words_in(mail: EmailMessage) -> str:
    """All that a mail says but for whom it is to, in its headers and in both of its parts."""
    headers = [f"{name}: {value}" for name, value in mail.items() if name != "To"]
    return "\n".join([*headers, text_of(mail), html_of(mail)])


@pytest.mark.parametrize("who", TURNS)
def test_no_mail_holds_a_name_a_number_or_a_word_of_anybodys(house: House, server: MailServer, who: str):
    make_case(house, mobile=PHONE, reference=f"{MARKER}-1")
    mark_everybody(house)
    assert house.ask() == 1
    for words in ("GO", *TURNS[who]):
        house.clock.move(timedelta(minutes=1))
        house.text(words, PHONE)
    tag_waiting(house.database, house.clock)
    house.clock.at = NOVEMBER
    assert jobs.run("digests", house.service, house.clock) == 1
    house.service.outbox.drain()
    sent_to = {mail["To"] for mail in server.mails}
    assert f"{MARKER}-1.manager@council.example" in sent_to
    assert len(sent_to) == (1 if who == "answers" else 2)
    with house.database.reading() as session:
        kept = session.scalars(select(Message.text).where(Message.direction == "in")).all()
    assert kept == ["GO", *TURNS[who]]
    for mail in server.mails:
        told = words_in(mail).lower()
        assert MARKER not in told
        assert "7700900321" not in told.replace(" ", "")
        for words in TURNS[who]:
            assert len(words) < 3 or words.lower() not in told
        assert "https://heard.council.example/" in told
        assert mail["List-Unsubscribe"] is None, "alerts and digests are part of the work"
