"""The month's digest: once, complete, and nothing in it that may not be there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot import digests
from bot.access import Viewer
from bot.shown.answers import latest
from store.tables import Alert, Answer, Digest, Invitation, Staff
from tests.bot.digesting import answer, everything_said, make_due, page
from tests.bot.writers import statements_of_writers
from tests.builders import DEFINITIONS, House, make_case


def test_the_mail_carries_a_link_and_counts_and_nothing_personal(house: House) -> None:
    make_case(house)
    answer(house, "GO", "7", "1", "2", "1", "1", "She heard us out, Jo says", "nothing", "1")
    make_due(house)
    (mail,) = house.email.sent
    assert mail.subject == "Heard: your digest for October 2026"
    assert "https://heard.council.example/digests/1" in mail.text
    assert "made, on 2 November 2026 at 07:30:\n  1 of 1 answered\n" in mail.text
    assert "2 comments, word for word" in mail.text
    assert "0 things need you now" in mail.text
    for private in ("heard us out", "Jo", "EH-1001", "7700", "Sam"):
        assert private not in mail.text


def test_every_comment_stands_there_word_for_word_with_what_it_answered(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "7", "1", "2 but she is late", "1", "1", "She heard us out and never rushed us", "nothing", "1")
    make_due(house)
    view = page(house, made.manager_id).view
    shown = {comment.words: comment for comment in (*view.praise, *view.concerns, *view.wishes, *view.other)}
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
    answer(house, "who told you?", "GO", "7", "1", "she never rings back, that is my answer", "1", "STOP")
    house.clock.move(timedelta(days=2))
    house.text("it did help though")
    make_due(house)
    view = page(house, made.manager_id).view
    said = {comment.words for comment in (*view.praise, *view.concerns, *view.wishes, *view.other)}
    assert said == {"who told you?", "she never rings back, that is my answer", "it did help though"}


def test_an_answer_that_asks_for_the_worker_stands_there_for_the_manager_to_tell_them(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "3")
    with house.database.writing() as session:
        session.execute(update(Answer).values(flags="flag_worker"))
    make_due(house)
    (flag,) = page(house, made.manager_id).view.needs_you_now.items
    assert (flag.answer, flag.for_worker) == ("3 out of 10", "Sam Worker")


def test_what_needs_the_manager_holds_standing_alerts_and_unopened_digests_and_no_word(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "7", "1 he hit me last night")
    other = make_case(house, reference="EH-2", mobile="+447700900002")
    house.ask()
    house.text("GO", "+447700900002")
    house.text("the worker touched me and smelt of drink", "+447700900002")
    make_due(house, datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    viewer = Viewer(made.manager_id, "manager")
    with house.database.reading() as session:
        october, november = [line.id for line in reversed(digests.listing(session, viewer))]
        reference = session.scalars(select(Alert.reference).where(Alert.conduct.is_(False))).one()
    found = digests.read(house.service, november, viewer)
    assert found is not None
    needs = found.view.needs_you_now
    assert [(alert.reference, alert.severity) for alert in needs.alerts] == [(reference, "red_today")]
    assert [(unread.digest_id, unread.month.label) for unread in needs.unread] == [(october, "October 2026")]
    assert "hit" not in repr(found)
    digests.read(house.service, october, viewer)
    again = digests.read(house.service, november, viewer)
    assert again is not None
    assert again.view.needs_you_now.unread == ()
    with house.database.reading() as session:
        conduct = digests.listing(session, Viewer(other.manager_id, "manager"))[0].id
    theirs = digests.read(house.service, conduct, Viewer(other.manager_id, "manager"))
    assert theirs is not None
    assert theirs.view.needs_you_now.alerts == ()


def test_what_belongs_to_nobody_waits_with_whoever_leads_the_unit_until_it_is_handed_over(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "7", "1", "2", "1", "1", "She heard us out")
    with house.database.writing() as session:
        session.execute(update(Invitation).values(line_manager_id=None))
        session.execute(update(Staff).values(line_manager_id=None))
        session.execute(update(Staff).where(Staff.id == made.manager_id).values(unit_id=made.unit_id))
    assert (make_due(house), make_due(house)) == (1, 0), "though nobody reports to them any more"
    waiting = page(house, made.manager_id).view.waiting
    assert [(item.case_reference, item.worker) for item in waiting.items] == [("EH-1001", "Sam Worker")]
    assert [row.words for row in waiting.comments] == ["She heard us out"]
    assert everything_said(page(house, made.manager_id)) == []
    with house.database.writing() as session:
        session.execute(update(Staff).where(Staff.id == made.worker_id).values(line_manager_id=made.manager_id))
    assert make_due(house) == 0
    assert page(house, made.manager_id).view.waiting.items == ()
    assert everything_said(page(house, made.manager_id)) == ["She heard us out"]


def test_coverage_counts_those_with_a_safe_channel(house: House) -> None:
    made = make_case(house)
    make_case(house, reference="EH-2", mobile=None)
    make_case(house, reference="EH-3", mobile="+447700900003", safe_contact="none")
    with house.database.writing() as session:
        session.execute(update(Invitation).values(line_manager_id=made.manager_id))
    make_due(house)
    row = page(house, made.manager_id).view.coverage[1].row
    assert (row.reached, row.safe, row.not_asked) == (3, 1, {"no_mobile": 1, "unsafe_contact": 1})


def test_an_unreleased_low_score_stands_beside_no_comment(house: House) -> None:
    made = make_case(house, audience="young_person", birth_date=date(2008, 1, 1))
    house.clock.at = house.clock.at.replace(hour=13)  # two hours of cover lie ahead
    answer(house, "GO", "0", "more time with my mates")
    make_due(house)
    found = page(house, made.manager_id)
    (row,) = found.view.wishes
    assert (row.words, row.closed_answer) == ("more time with my mates", None)
    assert "0 out of 10" not in repr(found)
    with house.database.reading() as session:
        inbox = latest(session, Viewer(made.manager_id, "manager"), catalogue=DEFINITIONS)
    assert [(line.words, line.tags.closed_answer) for line in inbox.answers] == [("more time with my mates", None)]


@pytest.mark.parametrize("words", ["yes please", "Yeah", "not today", "no thanks", "not really", "GO", "ok", "skip"])
def test_a_yes_or_no_to_an_invitation_is_no_comment(house: House, words: str) -> None:
    made = make_case(house)
    answer(house, words)
    make_due(house)
    assert everything_said(page(house, made.manager_id)) == []


def test_a_bare_no_to_a_question_is_read_where_it_answered_nothing(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "7", "not really")
    make_due(house)
    assert everything_said(page(house, made.manager_id)) == ["not really"]


def test_reading_keeps_the_writers_lock_for_the_mark_alone(house: House) -> None:
    made = make_case(house)
    make_due(house)
    written = statements_of_writers(house)
    page(house, made.manager_id)
    assert [statement.split()[0] for statement in written] == ["UPDATE"]
    page(house, made.manager_id)
    assert len(written) == 1, "a digest that has been opened is not written to again"


def test_what_was_made_of_a_month_stands_in_the_next(house: House) -> None:
    made = make_case(house)
    make_due(house, datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    viewer = Viewer(made.manager_id, "manager")
    with house.database.writing() as session:
        first, second = [line.id for line in reversed(digests.listing(session, viewer))]
        digests.reflect(session, first, viewer, "I'll look at the rota.")
    found = digests.read(house.service, second, viewer)
    assert found is not None
    assert found.month_before == "I'll look at the rota."
