"""Where an invitation may move to, and that each of its moves is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest
from sqlalchemy import update

from bot.conversation.state import Phase
from bot.invitations.offering import StageReached, Unasked, reconsider
from bot.respondents import Respondent
from bot.talks import standing
from channels.errors import BadAddress, OptedOut, Refused
from store.tables import ContactPoint, Conversation, Invitation
from tests.bot.talks.playing import TO_FIRST_WORDS, at, begin, history, lapse, remind, reply, status
from tests.builders import COUNCIL, DEFINITIONS, MUM, House, make_case, make_house

STATUSES = (
    "offered",
    "not_asked",
    "asked",
    "started",
    "partly_answered",
    "answered",
    "declined",
    "lapsed",
    "unreachable",
)
ALLOWED = {
    ("offered", "asked"),
    ("offered", "not_asked"),
    ("not_asked", "offered"),
    ("asked", "started"),
    ("asked", "partly_answered"),
    ("asked", "answered"),
    ("asked", "declined"),
    ("asked", "lapsed"),
    ("asked", "unreachable"),
    ("started", "partly_answered"),
    ("started", "answered"),
    ("started", "declined"),
    ("started", "lapsed"),
    ("started", "unreachable"),
    ("partly_answered", "answered"),
}  # fmt: skip
DEAD = BadAddress("dead", "No such number.")
STOPPED = OptedOut("21610", "The person has said stop to the provider.")
TALKING = ("GO", "7", "1", "1", "1", "1", "kind", "no", "1")


@pytest.mark.parametrize("before", STATUSES)
@pytest.mark.parametrize("after", STATUSES)
def test_an_invitation_moves_as_the_table_says_and_no_other_way(sqlite, clock, before: str, after: str):
    house = make_house(sqlite, clock)
    make_case(house)
    with house.database.writing() as session:
        session.execute(update(Invitation).values(status=before))

    def move() -> None:
        with house.database.writing() as session:
            standing.move(session, 1, before, after, clock.now())

    if before == after:
        move()
        assert (status(house), history(house)) == (before, [])
    elif (before, after) in ALLOWED:
        move()
        assert (status(house), history(house)) == (after, [(before, after, None)])
    else:
        with pytest.raises(standing.NotAMove, match=f"from {before} to {after}"):
            move()
        assert (status(house), history(house)) == (before, [])


@pytest.mark.parametrize("before", STATUSES)
@pytest.mark.parametrize("phase", get_args(Phase))
@pytest.mark.parametrize("answered", [True, False])
def test_no_step_of_an_open_conversation_ends_in_a_move_that_is_not_allowed(before: str, phase: str, answered: bool):
    if before in {"offered", "not_asked"} or (answered and not standing.MOVES[before] and phase != "finished"):
        return  # these are asked nothing, and those are over
    after = standing.after_step(phase, before, answered=answered)
    assert after == before or (before, after) in ALLOWED or (phase == "finished" and not standing.MOVES[before])


def test_a_whole_conversation_leaves_a_whole_history(house: House):
    begin(house, *TALKING)
    assert history(house) == [
        ("offered", "asked", None),
        ("asked", "started", None),
        ("started", "partly_answered", None),
        ("partly_answered", "answered", None),
    ]


@pytest.mark.parametrize(
    ("replies", "ends"),
    [
        (("not today",), ("asked", "declined", None)),
        (("GO", "end"), ("started", "declined", None)),
        (("STOP",), ("asked", "declined", "opted_out")),
        (("wrong number mate",), ("asked", "unreachable", "wrong_number")),
        (("who is this reading my wifes phone",), ("asked", "unreachable", "unsafe_contact")),
        (("GO", "wrong number"), ("started", "unreachable", "wrong_number")),
        (("GO", "7", "STOP"), ("started", "partly_answered", None)),
    ],
)
def test_how_a_conversation_ends_is_the_last_of_its_moves(house: House, replies: tuple[str, ...], ends: tuple):
    begin(house, *replies)
    assert history(house)[-1] == ends
    with house.database.reading() as session:
        assert session.get_one(Invitation, 1).settled_at is not None


def test_a_lapse_is_a_move(house: House):
    begin(house)
    house.clock.at = at(12, 10)
    remind(house)
    house.clock.move(timedelta(days=3, minutes=1))
    lapse(house)
    assert history(house)[-1] == ("asked", "lapsed", None)


@pytest.mark.parametrize(
    ("fault", "ends"),
    [
        (DEAD, ("asked", "unreachable", "undeliverable")),
        (STOPPED, ("asked", "declined", "opted_out")),
        (Refused("refused", "The provider will not send this."), ("asked", "unreachable", "undeliverable")),
    ],
)
def test_what_cannot_be_delivered_is_a_move(house: House, fault: Exception, ends: tuple):
    make_case(house)
    house.sms.faults = [fault]
    house.ask()
    assert history(house)[-1] == ends
    with house.database.reading() as session:
        assert session.get_one(Conversation, 1).closed_at is not None
        assert session.get_one(Invitation, 1).settled_at is not None


@pytest.mark.parametrize(
    ("replies", "fault", "ends"),
    [
        (("GO",), DEAD, ("started", "unreachable", "undeliverable")),
        (("GO",), STOPPED, ("started", "declined", "opted_out")),
        (("GO", "7"), DEAD, ("started", "partly_answered", None)),
    ],
)
def test_a_number_that_dies_mid_way_ends_what_was_begun(house: House, replies: tuple[str, ...], fault, ends: tuple):
    begin(house, *replies)
    house.sms.faults = [fault]
    reply(house, "who is this")
    assert history(house)[-1] == ends
    with house.database.reading() as session:
        assert session.get_one(Conversation, 1).closed_at is not None


def test_who_could_not_be_asked_is_offered_again_once_the_reason_has_gone(house: House):
    made = make_case(house, mobile=None)
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=made.person_id, channel="sms", address=MUM))
    assert status(house) == "not_asked"
    with house.database.writing() as session:
        row = session.get_one(Invitation, 1)
        reached = StageReached(
            made.case_id, row.stage_event_id, "review", row.stage_on, made.worker_id, made.manager_id, made.unit_id
        )
        unasked = Unasked(1, "not_asked", row.not_asked_because, has_moved=False)
        respondent = Respondent(made.person_id, "parent_carer", None, None, "text")
        assert reconsider(
            session, unasked, respondent, reached, catalogue=DEFINITIONS, council=COUNCIL, now=house.clock.now()
        )
    assert history(house) == [("not_asked", "offered", None)]
    assert house.ask() == 1
    assert history(house)[-1] == ("offered", "asked", None)


def test_whose_number_has_gone_by_the_time_is_not_asked(house: House):
    make_case(house)
    with house.database.writing() as session:
        session.execute(update(ContactPoint).values(closed_because="removed"))
    assert house.ask() == 0
    assert history(house) == [("offered", "not_asked", "no_mobile")]


def test_answers_go_on_counting_when_the_number_dies(house: House):
    begin(house, *TO_FIRST_WORDS)
    house.sms.faults = [DEAD]
    reply(house, "she listens")
    assert status(house) == "partly_answered"
