"""Tagging again, killed without warning in the middle: what was done stays done, and the rest is done when it is run once more."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from analysis.tags import VERSION, method
from store.session import Database
from store.tables import Answer, Conversation, Message, Tag
from tests.journeys.conftest import TWO_DATABASES
from tests.journeys.running import eventually, kill_group
from tests.journeys.town import BEGINS, Town

pytestmark = pytest.mark.journey

MANY = 2_000
WORDS = "She was kind, but we waited three months and nobody told us why."
TAGGED_NOW = select(func.count()).select_from(Tag).where(Tag.method == method(), Tag.version == VERSION)


@pytest.mark.parametrize("town", TWO_DATABASES, indirect=True)
def test_tagging_again_goes_on_where_it_was_killed(town: Town):
    town.service.command("migrate")
    tagged_long_ago(town.database)
    run = town.service.begin("tags", "retag")
    eventually(lambda: run.poll() is not None or town.look_up(TAGGED_NOW) != [0], "the first batch", pause=0.001)
    kill_group(run)
    (done,) = town.look_up(TAGGED_NOW)
    assert 0 < done < MANY, "it was over before it could be killed"

    at_first = moments(town)
    town.clock.set(BEGINS.replace(hour=15))
    printed = town.service.command("tags", "retag")
    assert printed.startswith(f"{MANY - done} answers tagged again")
    assert town.look_up(TAGGED_NOW) == [MANY]
    assert {answer_id for answer_id, at in moments(town) if (answer_id, at) in at_first} == {
        each for each, _ in at_first
    }


def moments(town: Town) -> set[tuple]:
    """Which answers have been tagged by the present machine, and when."""
    return set(town.look_up(select(Tag.answer_id, Tag.tagged_at).where(Tag.method == method())))


def tagged_long_ago(database: Database) -> None:
    """Many answers in words, with tags of a machine that is no longer in use."""
    with database.writing() as session:
        said = {
            "channel": "web",
            "address": "hub",
            "at": BEGINS,
            "text": WORDS,
            "direction": "in",
            "status": "received",
        }
        talk = Conversation(
            channel="web",
            address="hub",
            survey_id="demo",
            survey_version=1,
            state="{}",
            opened_at=BEGINS,
            closed_at=BEGINS,
        )
        session.add(talk)
        session.flush()
        message = Message(conversation_id=talk.id, **said)
        session.add(message)
        session.flush()
        of = {"conversation_id": talk.id, "message_id": message.id, "survey_id": "demo", "survey_version": 1}
        kept = {"metric": "free_good", "comment": WORDS, "flags": "", "answered_at": BEGINS}
        session.add_all(Answer(question=f"q{number}", **of, **kept) for number in range(MANY))
        session.flush()
        old = {"themes": "{}", "complaint": False, "compliment": False, "method": "an older one", "version": "1"}
        session.add_all(Tag(answer_id=each, tagged_at=BEGINS, **old) for each in session.scalars(select(Answer.id)))
