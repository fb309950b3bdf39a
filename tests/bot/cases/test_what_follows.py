"""What follows from an event while people are being asked: scenarios 31 and 32."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.tables import Invitation, Message, StageEvent
from tests.bot.cases.casework import (
    add_person,
    apply,
    frozen,
    keep,
    leave,
    october,
    record,
    report,
    rows,
    standing,
    status,
    withdraw,
)
from tests.bot.talks.playing import answers, phase, reply
from tests.builders import MUM, House

IGNORE = "Hi, please ignore our last questions. You don't need to do anything."
HALF_WAY = ("GO", "7", "1")


@pytest.fixture
def case_id(house: House) -> int:
    """A case with a parent who is half way through the questions about its review."""
    case_id = keep(house).case_id
    add_person(house, case_id)
    record(house, case_id, "review", october(1))
    apply(house)
    assert house.ask() == 1
    reply(house, *HALF_WAY)
    return case_id


def sent(house: House) -> list[str]:
    house.service.outbox.drain()
    return house.said()


def waiting(house: House) -> int:
    return len([row for row in rows(house, Message.status) if row[0] == "queued"])


def test_a_closure_stops_the_review_politely_and_is_asked_about_three_days_later(house: House, case_id: int):
    kept = answers(house)
    assert kept
    report(house, case_id, "closure", october(6))
    assert sent(house)[-1] == IGNORE
    assert (phase(house), answers(house)) == ("cancelled", kept), "what was answered stays with the review"
    assert standing(house) == [("review", "partly_answered", None), ("closure", "offered", None)]
    house.clock.at = datetime(2026, 10, 8, 12, tzinfo=UTC)
    assert house.ask() == 0, "not before three days have gone"
    house.clock.at = datetime(2026, 10, 12, 12, tzinfo=UTC)
    assert house.ask() == 1, "though somebody was asked within the 28 days"


def test_a_closure_that_is_told_late_leaves_the_same_behind(house: House, case_id: int):
    record(house, case_id, "closure", october(5))
    assert apply(house) == 1
    assert (phase(house), status(house)) == ("cancelled", "closed")


@pytest.mark.parametrize(
    ("stage", "becomes"), [("stepped_up", "stepped_up"), ("moved_away", "moved_away"), ("reopened", "open")]
)
def test_a_case_that_is_taken_elsewhere_is_let_be_at_once_and_without_a_word(
    house: House, case_id: int, stage: str, becomes: str
):
    record(house, case_id, "closure", october(2))
    said, kept = sent(house), answers(house)
    report(house, case_id, stage, october(6))
    assert (phase(house), status(house), frozen(house)) == ("cancelled", becomes, [stage])
    assert (sent(house), waiting(house), answers(house)) == (said, 0, kept)
    assert standing(house)[1] == ("closure", "not_asked", stage)
    house.clock.move(timedelta(days=7))
    assert (apply(house), house.ask(), sent(house)) == (0, 0, said)


def test_early_help_surveys_stop_while_social_care_has_the_case_and_go_on_after_it(house: House, case_id: int):
    report(house, case_id, "stepped_up", october(6))
    house.clock.at = datetime(2026, 11, 3, 12, tzinfo=UTC)
    record(house, case_id, "review", october(20))
    record(house, case_id, "review", october(30))
    apply(house)
    assert [each[1:] for each in standing(house)[1:]] == [("not_asked", "stepped_up")] * 2
    report(house, case_id, "stepped_down", october(28))
    assert (status(house), frozen(house)) == ("open", ["stepped_up"]), "until a worker has confirmed it"
    assert [each[1:] for each in standing(house)[1:]] == [
        ("not_asked", "stepped_up"),
        ("not_asked", "number_unconfirmed"),
    ]


def test_contact_that_a_worker_has_confirmed_is_not_frozen_again_by_the_same_event(house: House, case_id: int):
    report(house, case_id, "stepped_up", october(2))
    report(house, case_id, "stepped_down", october(3))
    with house.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE contact_points SET frozen_because = NULL")
    add_person(house, case_id, "+447700900002")
    withdraw(house, record(house, case_id, "family_plan", october(4)).event_id)
    apply(house)
    assert frozen(house) == [None, None]


def test_a_new_carer_is_a_new_contact(house: House, case_id: int):
    report(house, case_id, "stepped_up", october(6))
    add_person(house, case_id, "+447700900002")
    apply(house)
    assert frozen(house) == ["stepped_up", None]


@pytest.mark.usefixtures("case_id")
def test_a_review_that_never_was_is_stopped_politely_and_its_answers_stay(house: House):
    kept = answers(house)
    event_id = rows(house, StageEvent.id)[0][0]
    assert withdraw(house, event_id)
    assert sent(house)[-1] == IGNORE
    assert (phase(house), answers(house)) == ("cancelled", kept)
    assert standing(house) == [("review", "partly_answered", None)]


def test_whoever_leaves_a_case_is_asked_no_further_and_told_nothing(house: House, case_id: int):
    said = sent(house)
    person_id = rows(house, Invitation.person_id)[0][0]
    assert (leave(house, case_id, person_id), leave(house, case_id, person_id)) == (True, False)
    record(house, case_id, "closure", october(6))
    apply(house)
    assert (phase(house), sent(house)) == ("cancelled", said)
    assert standing(house) == [("review", "partly_answered", None)], "nothing that happens later is theirs"


def test_a_new_worker_is_named_nowhere_and_the_stage_stays_with_the_one_before(house: House, case_id: int):
    before = rows(house, Invitation.worker_id)
    house.clock.move(timedelta(days=1))
    keep(house, worker_email="kim.fenn@council.example", worker_name="Kim Fenn")
    reply(house, "1", "1", address=MUM)
    assert all("Jo Bright" not in text and "Kim" not in text for text in sent(house)[-2:])
    record(house, case_id, "closure", october(7))
    record(house, case_id, "assessment", october(2))
    apply(house)
    held = dict(rows(house, Invitation.stage, Invitation.worker_id))
    assert held["review"] == held["assessment"] == before[0][0]
    assert held["closure"] != before[0][0]
