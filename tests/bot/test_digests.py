"""The month's digest: once, complete, and nothing in it that may not be there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot import digests
from bot.access import Viewer
from bot.tagging import tag_waiting
from store.tables import Digest
from tests.builders import DEFINITIONS, House, make_case

NOVEMBER = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)


def make_due(house: House, at: datetime = NOVEMBER) -> int:
    base_url = house.service.council.base_url
    made = digests.make_due(house.database, DEFINITIONS, base_url=base_url, now=at)
    house.clock.at = at
    house.service.outbox.drain()
    return made


def answer(house: House, *texts: str) -> None:
    house.ask()
    for text in texts:
        house.text(text)
    tag_waiting(house.database, house.clock)


def page(house: House, manager_id: int) -> digests.DigestPage:
    found = digests.read(house.service, 1, Viewer(manager_id, "manager"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("at", "made"),
    [
        (datetime(2026, 11, 1, 23, 30, tzinfo=UTC), 0),  # a Sunday
        (datetime(2026, 11, 2, 0, 30, tzinfo=UTC), 1),
        (datetime(2026, 11, 17, 9, 0, tzinfo=UTC), 1),  # the service was down on the 2nd
        (datetime(2027, 1, 1, 9, 0, tzinfo=UTC), 0),  # New Year's Day
        (datetime(2027, 1, 4, 9, 0, tzinfo=UTC), 1),
    ],
)
def test_it_is_made_from_the_first_working_day_on(house: House, at: datetime, made: int) -> None:
    make_case(house)
    assert make_due(house, at) == made
    assert make_due(house, at + timedelta(minutes=20)) == 0


def test_there_is_one_for_each_manager_and_month_and_one_mail(house: House) -> None:
    make_case(house)
    make_case(house, reference="EH-2", mobile=None)
    assert make_due(house) == 2
    assert make_due(house) == 0
    assert make_due(house, datetime(2026, 12, 1, 9, 0, tzinfo=UTC)) == 2
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Digest)) == 4
    assert len(house.email.sent) == 4


def test_the_mail_carries_a_link_and_counts_and_nothing_personal(house: House) -> None:
    make_case(house)
    answer(house, "GO", "7", "1", "2", "1", "1", "She heard us out, Jo says", "nothing", "1")
    make_due(house)
    (mail,) = house.email.sent
    assert mail.subject == "Heard: your digest for October 2026"
    assert "https://heard.council.example/digests/1" in mail.text
    assert "1 of 1 people asked have answered" in mail.text
    for private in ("heard us out", "Jo", "EH-1001", "7700", "Sam"):
        assert private not in mail.text


def test_every_comment_stands_there_word_for_word_with_what_it_answered(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "7", "1", "2 but she is late", "1", "1", "She heard us out and never rushed us", "nothing", "1")
    make_due(house)
    view = page(house, made.manager_id).view
    shown = {comment.words: comment for comment in (*view.praise, *view.concerns, *view.other)}
    assert set(shown) == {"2 but she is late", "She heard us out and never rushed us", "nothing"}
    late = shown["2 but she is late"]
    assert late.question == "Does Sam do what was agreed, when it was agreed?"
    assert (late.closed_answer, late.stage, late.case_reference) == ("Mostly", "review", "EH-1001")
    assert (late.stage_date, late.answered_on) == (date(2026, 10, 3), date(2026, 10, 6))
    assert late.share_with_worker is True
    assert view.coverage[1].row.answered == 1
    assert view.silent_cases == ()


def test_what_duty_has_not_released_is_only_counted(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "2", "1", "1", "1", "1", "she helped me stop cutting and he doesnt hit me any more")
    make_due(house)
    view = page(house, made.manager_id).view
    assert view.praise == view.concerns == view.other == ()
    assert view.held == 1
    assert view.needs_you_now.items == (), "nor is a flag shown from a conversation of which something is held"


def test_a_workers_conduct_is_not_even_counted(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "7", "1 he adds me on snap n says dont tell my manager")
    make_due(house)
    view = page(house, made.manager_id).view
    assert view.held == 0
    assert view.praise == view.concerns == view.other == ()


def test_a_case_of_which_nobody_was_heard_is_named(house: House) -> None:
    made = make_case(house, mobile=None)
    make_due(house)
    view = page(house, made.manager_id).view
    assert view.silent_cases == ("EH-1001",)
    assert view.headline == "0 of 1 asked"
    assert view.coverage[1].row.not_asked == {"no_mobile": 1}


def test_an_answer_that_asks_for_the_manager_stands_at_the_top(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "3")
    make_due(house)
    (flag,) = page(house, made.manager_id).view.needs_you_now.items
    assert (flag.case_reference, flag.answer) == ("EH-1001", "3 out of 10")


def test_nobody_reads_another_managers_digest(house: House) -> None:
    made = make_case(house)
    make_due(house)
    for viewer in (Viewer(made.manager_id + 50, "manager"), Viewer(made.worker_id, "worker"), Viewer(99, "duty")):
        assert digests.read(house.service, 1, viewer) is None
        with house.database.writing() as session:
            assert not digests.reflect(session, 1, viewer, "x")


def test_it_counts_as_opened_when_its_own_manager_reads_it(house: House) -> None:
    made = make_case(house)
    make_due(house)
    assert digests.read(house.service, 1, Viewer(999, "administrator")) is not None
    with house.database.reading() as session:
        assert session.get_one(Digest, 1).opened_at is None
    page(house, made.manager_id)
    with house.database.reading() as session:
        assert session.get_one(Digest, 1).opened_at is not None


def test_what_the_manager_makes_of_it_is_kept(house: House) -> None:
    made = make_case(house)
    make_due(house)
    with house.database.writing() as session:
        assert digests.reflect(session, 1, Viewer(made.manager_id, "manager"), "Late visits: I'll look at the rota.")
    assert page(house, made.manager_id).reflection == "Late visits: I'll look at the rota."


def test_words_that_answered_no_question_are_read_all_the_same(house: House) -> None:
    made = make_case(house)
    answer(house, "who is this?", "GO", "7", "1", "she never rings back, that is my answer", "1", "STOP")
    house.clock.move(timedelta(days=2))
    house.text("it did help though")
    make_due(house)
    view = page(house, made.manager_id).view
    said = {comment.words for comment in (*view.praise, *view.concerns, *view.other)}
    assert said == {"who is this?", "she never rings back, that is my answer", "it did help though"}
