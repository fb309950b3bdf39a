"""What the simulated phones show: the texts on each, and beside them what the service did. For trying the service out."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from bot.respondents import who_label
from bot.steps import Kept, Step, stage_words, steps
from store.session import Database
from store.shown import watching as rows
from store.shown.watching import GivenAnswer, MessageRow, PhoneRow
from surveys.catalogue import Catalogue

PHONES_SHOWN = 24
ID = "phone-"
LONGEST_ID = 10
"""Digits of a phone's id: more than the database can count to need not be looked up."""


class Holder(NamedTuple):
    """Someone with a simulated phone. `id` may stand in a URL."""

    id: str
    address: str
    name: str
    who: str
    last: str


class Scene(NamedTuple):
    """One phone's texts, and what went on behind them, oldest first."""

    messages: list[MessageRow]
    steps: list[Step]
    survey: str
    stage: str


def holders(database: Database, search: str = "") -> tuple[list[Holder], int]:
    """The phones to list, those that are being asked now first, and how many there are in all.

    Args:
        search: part of a name or of a case's reference; empty for any.
    """
    with database.reading() as session:
        found, how_many = rows.phones(session, PHONES_SHOWN, search.strip())
        last = rows.last_words(session, [row.address for row in found])
    return [_holder(row, last.get(row.address, "")) for row in found], how_many


def holder(database: Database, phone_id: str) -> Holder | None:
    """The phone of that id, listed or not; None where there is none."""
    number = phone_id.removeprefix(ID)
    if not (phone_id.startswith(ID) and number.isascii() and number.isdecimal() and len(number) < LONGEST_ID):
        return None
    with database.reading() as session:
        address = rows.address_of(session, int(number))
    return None if address is None else holder_at(database, address)


def holder_at(database: Database, address: str) -> Holder | None:
    """The phone of an address; None where nothing was ever said to it."""
    with database.reading() as session:
        row = rows.phone_at(session, address)
        last = rows.last_words(session, [address])
    return _holder(row, last.get(address, "")) if row else None


def _holder(row: PhoneRow, last: str) -> Holder:
    about = f", case {row.case_reference}" if row.case_reference else ""
    who = f"{who_label(row.audience, row.age_band)}{about}"
    return Holder(f"{ID}{row.first_conversation_id}", row.address, row.name, who, last)


def scene(database: Database, catalogue: Catalogue, address: str) -> Scene | None:
    """What there is to see on one phone; None where nothing was ever said to it."""
    with database.reading() as session:
        talk = rows.latest_talk(session, address)
        if talk is None:
            return None
        messages = rows.messages_at(session, address)
        answers = rows.answers_at(session, address)
        stops = rows.stops_at(session, address)
    by_message: dict[int, list[GivenAnswer]] = defaultdict(list)
    for answer in answers:
        by_message[answer.message_id].append(answer)
    stage = stage_words(talk.stage, talk.stage_on)
    invited = Step(talk.made_at, "Invitation made", f"by the stage event: {stage}" if talk.stage else stage, "invited")
    done = [invited, *steps(Kept(messages, by_message, stops), catalogue)]
    done.sort(key=lambda step: step.at)
    return Scene(messages, done, catalogue.get(talk.survey_id, talk.survey_version).title, stage)
