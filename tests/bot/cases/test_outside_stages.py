"""What a family is being asked in a campaign, when their case closes or moves on: scenarios 31 to 33."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases import keeping
from bot.people import barring
from store.tables import Conversation, Invitation, Message
from tests.bot.campaigns.making import WANTED, make, start
from tests.bot.campaigns.town import ask, inviter
from tests.bot.cases.casework import FOLLOWS, add_person, apply, keep, leave, october, record, report, rows
from tests.bot.cases.test_what_follows import IGNORE
from tests.bot.talks.playing import answers, phase, reply, status
from tests.builders import House

PARENTS = replace(WANTED, survey_id="parent_review", selection="parents on open cases")
QUIET = ("stepped_up", "moved_away", "reopened")


@pytest.fixture
def case_id(house: House) -> int:
    """An open case with a parent who is invited in a campaign, and has not been asked yet."""
    case_id = keep(house).case_id
    add_person(house, case_id)
    assert start(house, make(house, PARENTS), 1) == 1
    return case_id


def begin(house: House) -> int:
    """Ask the parent and hear their first answers; return how many texts they have had."""
    assert ask(house) == 1
    reply(house, "GO", "7", "1")
    return said(house)


def said(house: House) -> int:
    house.service.outbox.drain()
    return len(house.said())


def why_not(house: House) -> list[str | None]:
    return [because for (because,) in rows(house, Invitation.not_asked_because)]


def join_another(house: House, person_id: int = 1) -> int:
    """Let the parent take part in another case too."""
    other = keep(house, reference="EH-2").case_id
    with house.database.writing() as session:
        keeping.join(session, other, person_id, "parent_carer", now=house.clock.now())
    return other


@pytest.mark.parametrize("stage", QUIET)
def test_what_moves_a_case_on_ends_a_campaigns_questions_without_a_word(house: House, case_id: int, stage: str):
    texts, kept = begin(house), answers(house)
    assert kept
    report(house, case_id, stage, october(6))
    assert (phase(house), said(house)) == ("cancelled", texts)
    assert (answers(house), status(house)) == (kept, "partly_answered"), "what was answered stays"


@pytest.mark.parametrize("stage", QUIET)
def test_what_waits_to_be_sent_of_a_campaign_is_dropped(house: House, case_id: int, stage: str):
    assert inviter(house).send_due() == 1
    report(house, case_id, stage, october(6))
    assert said(house) == 0
    assert {row[0] for row in rows(house, Message.status)} == {"dropped"}
    assert [row[0] is not None for row in rows(house, Conversation.closed_at)] == [True]


def test_a_closure_ends_a_campaigns_questions_politely(house: House, case_id: int):
    begin(house)
    report(house, case_id, "closure", october(6))
    assert phase(house) == "cancelled"
    house.service.outbox.drain()
    assert house.said()[-1] == IGNORE


def test_a_closure_leaves_alone_who_takes_part_in_another_open_case(house: House, case_id: int):
    begin(house)
    join_another(house)
    report(house, case_id, "closure", october(6))
    assert phase(house) == "asking"


@pytest.mark.parametrize("stage", QUIET)
def test_contact_that_is_frozen_for_one_case_is_frozen_whatever_other_case_is_open(
    house: House, case_id: int, stage: str
):
    begin(house)
    join_another(house)
    report(house, case_id, stage, october(6))
    assert phase(house) == "cancelled"


def test_an_event_that_is_told_late_and_applied_by_the_clock_does_the_same(house: House, case_id: int):
    texts = begin(house)
    record(house, case_id, "stepped_up", october(2))
    assert apply(house) == 1
    assert (phase(house), said(house)) == ("cancelled", texts)


def test_who_leaves_their_only_case_is_asked_no_further_and_told_nothing(house: House, case_id: int):
    texts = begin(house)
    record(house, case_id, "assessment", october(1))
    apply(house)
    leave(house, case_id, 1)
    apply(house)
    assert (phase(house), said(house)) == ("cancelled", texts)


def test_a_stage_that_is_reached_meanwhile_leaves_a_campaign_alone(house: House, case_id: int):
    begin(house)
    report(house, case_id, "review", october(6))
    apply(house)
    assert phase(house) == "asking"


@pytest.mark.parametrize(
    ("stage", "because"),
    [
        ("stepped_up", "stepped_up"),
        ("moved_away", "moved_away"),
        ("closure", "case_closed"),
        ("reopened", "number_unconfirmed"),
    ],
)
def test_who_waits_to_be_asked_in_a_campaign_is_not_and_the_true_reason_is_kept(
    house: House, case_id: int, stage: str, because: str
):
    report(house, case_id, stage, october(6))
    assert ask(house) == 0
    assert why_not(house)[0] == because


def test_who_has_left_their_only_case_is_not_asked_in_a_campaign(house: House, case_id: int):
    leave(house, case_id, 1)
    assert ask(house) == 0
    assert why_not(house) == ["left_case"]


@pytest.mark.parametrize("reason", ["died", "missing"])
def test_do_not_contact_ends_a_campaigns_questions_and_what_waits(house: House, case_id: int, reason: str):
    del case_id
    texts = begin(house)
    with house.database.writing() as session:
        barring.bar(session, 1, reason, note=None, staff_id=None, **FOLLOWS, now=house.clock.now())
    assert (phase(house), said(house)) == ("cancelled", texts)
    house.clock.move(timedelta(days=3))
    assert said(house) == texts


def test_do_not_contact_settles_an_invitation_of_a_campaign_at_once(house: House, case_id: int):
    del case_id
    with house.database.writing() as session:
        barring.bar(session, 1, "died", note=None, staff_id=None, **FOLLOWS, now=house.clock.now())
    assert why_not(house) == ["do_not_contact"]
