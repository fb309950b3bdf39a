"""What case systems may know of answers: page by page, and nothing that waits for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from bot.clock import SetClock
from store.session import Database
from store.tables import Alert, Answer, AuditEntry, Invitation, Message, Notice
from tests.console.api.calling import System
from tests.console.office import LISTENED, LONG_WORD, MARKUP, UNSAFE, furnish

WORDS = [LISTENED, MARKUP, LONG_WORD]
ANSWERS = "/results/answers?since=2026-10-06"


@pytest.fixture
def furnished(database: Database, clock: SetClock) -> Database:
    """Three answers with words about a review, each in a message of its own, and later alerts that hold none of them."""
    furnish(database, clock.now())
    return database


def words_told(system: System, path: str = ANSWERS) -> list[str]:
    return [answer["words"] for answer in system.get(path).json["answers"]]


def test_an_answer_is_told_with_its_case_stage_and_question(system: System, furnished: Database):
    first = system.get(ANSWERS).json["answers"][0]
    with furnished.reading() as session:
        answer = session.query(Answer).order_by(Answer.id).first()
    assert first == {
        "id": answer.id,
        "case": "EH-1042",
        "stage": "review",
        "stage_on": "2026-10-06",
        "audience": "parent_carer",
        "survey": "parent_review",
        "survey_version": 1,
        "question": "q6",
        "metric": "free_good",
        "value": None,
        "chosen": None,
        "score": None,
        "words": LISTENED,
        "answered_at": "2026-10-06T10:30:00Z",
    }


@pytest.mark.usefixtures("furnished")
def test_words_need_a_scope_of_their_own_and_reading_them_is_logged(either: Flask, database: Database):
    def told() -> int:
        with database.reading() as session:
            return session.query(AuditEntry).filter(AuditEntry.what.contains("read what people wrote")).count()

    without = System(either, ["results:read"], name="warehouse").get(ANSWERS)
    assert [answer["words"] for answer in without.json["answers"]] == [None] * 3
    assert not any(words[:20] in without.text for words in WORDS)
    assert told() == 0
    assert words_told(System(either, ["results:read", "results:words"])) == WORDS
    assert told() == 1


@pytest.mark.usefixtures("furnished")
def test_words_alone_open_nothing(either: Flask):
    assert System(either, ["results:words"]).get(ANSWERS).status_code == 403


@pytest.mark.parametrize(
    ("severity", "reason", "conduct", "released", "is_told"),
    [
        ("red_now", "concern", False, False, False),
        ("red_now", "concern", False, True, True),
        ("amber", "low_score", False, False, False),
        ("amber", "unread", False, False, False),
        ("conduct", "concern", True, False, False),
        ("conduct", "concern", True, True, False),
        ("red_today", "concern", True, True, False),
        ("amber", "advocate", False, False, True),
    ],
)
def test_what_waits_for_a_person_or_is_about_conduct_is_not_told(
    system: System,
    furnished: Database,
    clock: SetClock,
    severity: str,
    reason: str,
    conduct: bool,
    released: bool,
    is_told: bool,
):
    with furnished.writing() as session:
        answer = session.query(Answer).order_by(Answer.id.desc()).first()
        session.add(
            Alert(
                reference="NEW-NEW",
                message_id=answer.message_id,
                conversation_id=answer.conversation_id,
                reason=reason,
                severity=severity,
                conduct=conduct,
                raised_at=clock.now(),
                released_at=clock.now() if released else None,
            )
        )
    assert words_told(system) == (WORDS if is_told else WORDS[:2])
    assert UNSAFE not in system.get(ANSWERS).text


def test_what_followed_a_message_that_is_held_is_not_told_until_it_is_released(
    system: System, furnished: Database, clock: SetClock
):
    with furnished.writing() as session:
        last = session.query(Message).order_by(Message.id.desc()).first()
        later = Message(
            direction="in",
            channel=last.channel,
            address=last.address,
            text="and more of it",
            at=clock.now(),
            status="received",
            conversation_id=last.conversation_id,
        )
        session.add(later)
        session.flush()
        session.query(Answer).filter(Answer.comment == LONG_WORD).update({"message_id": later.id})
    assert words_told(system) == WORDS[:2]
    with furnished.writing() as session:
        session.query(Alert).update({"released_at": clock.now()})
    assert words_told(system) == WORDS


@pytest.mark.parametrize("what", ["unknown_person", "someone_else"])
def test_what_somebody_else_has_written_is_not_told(system: System, furnished: Database, clock: SetClock, what: str):
    with furnished.writing() as session:
        answer = session.query(Answer).order_by(Answer.id.desc()).first()
        session.add(Notice(message_id=answer.message_id, what=what, at=clock.now()))
    assert words_told(system) == WORDS[:2]


def test_nothing_of_a_talk_with_a_wrong_number_is_told_until_somebody_has_looked(
    system: System, furnished: Database, clock: SetClock
):
    with furnished.writing() as session:
        alert = session.query(Alert).filter(Alert.severity == "amber").one()
        session.add(Notice(message_id=alert.message_id, what="wrong_number", at=clock.now()))
        alert_id = alert.id
    assert words_told(system) == []
    with furnished.writing() as session:
        session.query(Alert).filter(Alert.id == alert_id).update({"released_at": clock.now()})
    assert words_told(system) == WORDS


def test_what_a_survey_shows_of_groups_only_is_not_told(system: System, furnished: Database):
    with furnished.writing() as session:
        session.query(Answer).filter(Answer.comment == LONG_WORD).update({"survey_id": "staff_pulse"})
    assert words_told(system) == WORDS[:2]


def test_answers_outside_cases_are_not_told(system: System, furnished: Database):
    with furnished.writing() as session:
        session.query(Invitation).update({"case_id": None, "stage_event_id": None})
    assert words_told(system) == []


def test_pages_follow_the_moment_of_the_answer_and_miss_none(system: System, furnished: Database, clock: SetClock):
    with furnished.writing() as session:
        moved = session.query(Answer).filter(Answer.comment == LISTENED)
        moved.update({"answered_at": clock.now() + timedelta(minutes=1)})
    told, path = [], f"{ANSWERS}&limit=1"
    while path:
        page = system.get(path).json
        told += [answer["words"] for answer in page["answers"]]
        path = f"{ANSWERS}&limit=1&after={page['next']}" if page["next"] else None
    assert told == [MARKUP, LONG_WORD, LISTENED]


@pytest.mark.usefixtures("furnished")
@pytest.mark.parametrize(
    ("since", "how_many"), [("2026-10-06", 3), ("2026-10-07", 0), ("0001-01-01", 3), ("9999-12-31", 0)]
)
def test_since_is_a_day_in_london(system: System, since: str, how_many: int):
    assert len(words_told(system, f"/results/answers?since={since}")) == how_many


@pytest.mark.usefixtures("furnished")
@pytest.mark.parametrize(
    ("by", "group"),
    [
        ("stage", "review"),
        ("audience", "parent_carer"),
        ("month", "2026-10-01"),
        ("district", "Ashford"),
        ("unit", "Early Help/Ashford/North"),
        ("worker", "worker@council.example"),
        ("area", None),
    ],
)
def test_people_are_counted_by_where_they_stand(system: System, by: str, group: str | None):
    told = system.get(f"/results/coverage?by={by}&since=2026-10-01").json
    standing = {"status": "partly_answered", "because": None, "held_back": False, "people": 1}
    assert told == {"by": by, "counts": [{"group": group, **standing}]}
    assert system.get(f"/results/coverage?by={by}&since=2026-10-01&until=2026-10-06").json["counts"] == []


def test_a_stage_that_was_no_workers_is_counted_under_nobody(system: System, furnished: Database):
    with furnished.writing() as session:
        session.query(Invitation).update({"worker_id": None})
    (count,) = system.get("/results/coverage?by=worker&since=2026-10-01").json["counts"]
    assert (count["group"], count["people"]) == (None, 1)
