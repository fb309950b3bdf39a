"""What mails to partners, notifiers and staff say. Plain words; the subject names nobody, no mail tells what was said.

How to end such mails stands below every one of them: the mail channel writes it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from analysis.figures import counted
from bot.council import Council
from surveys.survey import Survey

SECONDS_A_QUESTION = 25
"""How long one takes, a box to write in counted with those that are pressed."""


@dataclass(frozen=True)
class Kind:
    """What is particular to the mails of one kind.

    Attributes:
        subject, why: after the council's name; why the reader gets it.
        who_reads: and what becomes of it.
        tells_of_door: whether the partners' open page is in it.
    """

    subject: str
    why: str
    who_reads: str
    tells_of_door: bool = True


PARTNERS = Kind(
    "our questions to partners",
    "twice a year we ask every organisation that helps families beside us how we work together.",
    "Our managers read the answers, with the name of your organisation. Within three months we tell partners what we heard "
    "and what we are changing.",
)
TRIAGE = Kind(
    "how did we handle your request?",
    "you sent us a request for support, and Triage has decided on it. How did we handle it?",
    "Our managers and Triage read the answers. Triage goes through them every month.",
)
DISTRICT = Kind(
    "what Triage passed to you",
    "once a month we ask whoever leads a unit what Triage passed to it.",
    "Triage and our managers read the answers, with your unit's name. They are not anonymous.",
    tells_of_door=False,
)
ONE_OFF = Kind(
    "a few questions for you",
    "we would like to know how we are doing.",
    "Our managers read the answers.",
)
KINDS: Mapping[str, Kind] = {"partners": PARTNERS, "triage": TRIAGE, "district_triage": DISTRICT, "one_off": ONE_OFF}
"""By the kind of campaign, and `triage` for notifiers."""


@dataclass(frozen=True)
class Letter:
    """A mail as it is sent."""

    subject: str
    text: str


def invitation(kind: str, survey: Survey, council: Council, *, link: str, door: str, today: date) -> Letter:
    """The first mail."""
    about = KINDS.get(kind, ONE_OFF)
    opening = f"Hello,\n\nthis is {council.brand}. {about.why[:1].upper()}{about.why[1:]}"
    return _letter(about, survey, council, opening, link=link, door=door, today=today)


def reminder(
    kind: str, survey: Survey, council: Council, *, link: str, door: str, today: date, asked_on: date, is_last: bool
) -> Letter:
    """A mail to somebody who has not answered."""
    about = KINDS.get(kind, ONE_OFF)
    last = " We won't ask again about this." if is_last else ""
    opening = (
        f"Hello,\n\nthis is {council.brand}. On {_day(asked_on)} we sent you a few questions, and we would still like to "
        f"hear from you.{last}"
    )
    return _letter(about, survey, council, opening, link=link, door=door, today=today)


def _letter(
    about: Kind, survey: Survey, council: Council, opening: str, *, link: str, door: str, today: date
) -> Letter:
    minutes = max(1, ceil(survey.total * SECONDS_A_QUESTION / 60))
    until = today + timedelta(days=council.chat_days - 1)
    how_long = f"{counted(survey.total, 'question')}, about {counted(minutes, 'minute')}"
    paragraphs = [
        opening,
        f"{how_long}. It is your choice: you can skip any question or leave it altogether, and nothing changes for you or "
        "for any family.",
        f"Your own page, open until {_day(until)}:\n{_whole(link, council)}",
        "It is for you alone: please don't pass it on.",
        about.who_reads,
        f"Please name no child and no family. If you are worried about a child, call {council.lines['child_line']}; in an "
        f"emergency {council.lines['emergency']}. Nobody watches these answers all day.",
    ]
    if about.tells_of_door:
        paragraphs.append(f"Something else to tell us? This page is always open:\n{door}")
    paragraphs.append(f"What we keep and why: {_whole(council.privacy_url, council)}")
    return Letter(f"{council.brand}: {about.subject}", "\n\n".join(paragraphs) + "\n")


def _whole(address: str, council: Council) -> str:
    """An address that a mail program makes a link of, though a text has no room for its beginning."""
    return address if "://" in address else f"{council.base_url.partition('://')[0]}://{address}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B}"
