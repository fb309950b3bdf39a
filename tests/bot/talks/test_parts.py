"""A long reply comes in several texts: one answer with every word of it, one reply, and never a concern that waits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from bot.access import Viewer
from bot.shown.alert_views import look_at
from bot.talks import interruptions
from store.tables import Alert, Answer, Conversation, Staff
from tests.bot.talks.playing import (
    LONG,
    LONGER,
    QUIET,
    TO_FIRST_WORDS,
    answers,
    begin,
    comment,
    heard,
    lapse,
    phase,
    raised,
    read_by,
    release_all,
    remind,
    reply,
    settle,
    status,
    stop,
    talk,
    waiting,
)
from tests.builders import COUNCIL, DEFINITIONS, House, make_house

SECOND = timedelta(seconds=1)
PARTS = [
    "one " + "She listened to all of us, every single week, and she wrote down what we said so that nobody had to tell it twice again. " + LONG[:40],
    "two " + LONGER,
    "three " + "We made a chart for the mornings with a rocket on it and the children moved it along, and we still have it up on the kitchen door to this day now. ",
    "four " + "My mother liked her as well and my mother likes nobody, so that says it all, and we had tea at the end with a cake that the kids made. ",
    "five " + "So thank you to her and to whoever sent her to us, that is all that I have to say, and please tell her that the rocket is on the moon",
]  # fmt: skip


def texts(house: House, *words: str, pause: timedelta = 5 * SECOND) -> None:
    reply(house, *words, pause=pause)


def test_parts_that_arrive_in_any_order_are_one_answer_in_the_order_in_which_they_were_sent(house: House):
    manager = begin(house, *TO_FIRST_WORDS)
    before, start = house.said(), house.clock.now()
    for number in (2, 0, 4, 1, 3):
        house.clock.move(17 * SECOND)
        house.text(PARTS[number], sent_at=start + number * SECOND)
        assert house.service.inbox.settle(house.clock.now()) == 0
    assert house.said() == before, "nothing is asked before it is quiet"
    assert read_by(house, manager)[:5] == [], "and nobody reads half a reply"
    assert settle(house, 19 * SECOND) == 0
    assert settle(house, SECOND) == 1
    assert comment(house, "q6") == " ".join(PARTS)
    assert len(house.said()) == len(before) + 1
    assert house.said()[-1].startswith("7/8")
    assert read_by(house, manager) == [" ".join(PARTS)], "its parts are not shown once more"
    assert (waiting(house), talk(house).settle_at) == ([], None)


def test_without_the_providers_time_parts_are_joined_as_they_arrived(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, *PARTS)
    settle(house)
    assert comment(house, "q6") == " ".join(PARTS)


def test_settling_twice_changes_nothing(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, *PARTS[:2])
    assert settle(house) == 1
    said, kept = house.said(), answers(house)
    assert settle(house) == 0
    assert (house.said(), answers(house)) == (said, kept)


def test_a_short_reply_after_a_long_one_belongs_to_it(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, LONG, "and she is kind")
    assert answers(house).get("q6") is None
    settle(house)
    assert comment(house, "q6") == f"{LONG} and she is kind"


def test_a_part_that_is_delivered_twice_stands_once_in_the_answer(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, LONG, LONG, LONGER)
    settle(house)
    assert comment(house, "q6") == f"{LONG} {LONGER}"
    assert heard(house)[-3:] == [LONG, LONG, LONGER]


def test_a_concern_in_one_part_is_answered_at_once_with_the_words_before_it_kept(house: House):
    manager = begin(house, *TO_FIRST_WORDS)
    before = len(house.said())
    texts(house, LONG)
    assert len(house.said()) == before
    texts(house, f"{LONGER} but last night he hit me again and I am scared")
    assert raised(house) == [("concern", "red_today")]
    assert [text[:24] for text in house.said()[before:]] == ["Thanks for your message."]
    assert comment(house, "q6") == f"{LONG} {LONGER} but last night he hit me again and I am scared"
    assert phase(house) == "paused"
    assert read_by(house, manager) == [None], "no part of it is shown before its release"
    assert settle(house) == 0
    release_all(house)
    assert read_by(house, manager) == [comment(house, "q6")]


def test_a_grave_part_that_was_sent_before_another_stands_before_it(house: House):
    begin(house, *TO_FIRST_WORDS)
    start = house.clock.now()
    house.text(LONGER, sent_at=start + 2 * SECOND)
    house.text(f"he hit me {LONG}", sent_at=start)
    assert comment(house, "q6") == f"he hit me {LONG} {LONGER}"
    assert raised(house) == [("concern", "red_today")]
    with house.database.reading() as session:
        held = session.scalars(select(Alert.message_id)).one()
        assert session.scalars(select(Answer.message_id).where(Answer.question == "q6")).one() == held


def test_a_concern_that_is_cut_in_two_is_found_in_the_whole(house: House):
    manager = begin(house, *TO_FIRST_WORDS)
    before = len(house.said())
    first, second = f"{LONG} but he still touches", f"me at night. {LONGER}"
    texts(house, first)
    texts(house, second)
    assert raised(house) == []
    assert settle(house) == 1
    assert raised(house) == [("concern", "red_now")]
    assert [text[:24] for text in house.said()[before:]] == ["Thanks for your message."]
    with house.database.reading() as session:
        held = session.scalars(select(Alert.message_id)).one()
        assert session.scalars(select(Answer.message_id).where(Answer.question == "q6")).one() == held
    assert read_by(house, manager) == [None]


def test_what_follows_a_grave_part_is_held_back_with_it(house: House):
    manager = begin(house, *TO_FIRST_WORDS)
    texts(house, LONG, f"{LONGER} but last night he hit me", "it was in the kitchen and the baby saw it")
    assert read_by(house, manager) == [None, None]
    release_all(house)
    assert read_by(house, manager)[0] == "it was in the kitchen and the baby saw it"


def test_the_alert_shows_every_part_of_what_was_said(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, LONG, f"{LONGER} but last night he hit me")
    with house.database.reading() as session:
        reference = session.scalars(select(Alert.reference)).one()
        duty = session.scalars(select(Staff.id)).first()
    view = look_at(house.service, reference, Viewer(duty, "duty"))
    assert view is not None
    assert view.words == f"{LONG} {LONGER} but last night he hit me"


def test_stop_while_parts_wait_keeps_them_and_says_nothing_but_its_confirmation(house: House):
    begin(house, *TO_FIRST_WORDS)
    before = len(house.said())
    texts(house, LONG, "STOP")
    assert [text[:16] for text in house.said()[before:]] == ["OK, we've stoppe"]
    assert comment(house, "q6") == LONG
    assert (settle(house), status(house), waiting(house)) == (0, "partly_answered", [])


def test_help_while_parts_wait_is_answered_at_once(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, LONG, "HELP")
    assert comment(house, "q6") == LONG
    assert "In danger? Call 999" in house.said()[-1]
    assert raised(house) == [("concern", "amber")], "the word itself is a cue"
    assert settle(house) == 0


def test_skip_while_parts_wait_passes_over_no_question_that_nobody_has_seen(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, LONG, "SKIP")
    assert house.said()[-1].startswith("7/8")
    assert "q7" not in answers(house)
    assert comment(house, "q6") == LONG
    texts(house, "SKIP")
    assert house.said()[-1].startswith("That's fine. Next one: 8/8")


def test_parts_outlive_the_process(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, *PARTS[:3])
    reborn = make_house(house.database, house.clock)
    house.clock.move(timedelta(hours=2))
    assert reborn.service.inbox.settle(house.clock.now()) == 1
    assert comment(house, "q6") == " ".join(PARTS[:3])


def test_what_was_written_before_the_case_closed_is_kept_with_its_stage(house: House):
    begin(house, *TO_FIRST_WORDS)
    before = len(house.said())
    texts(house, *PARTS[:2])
    assert stop(house) == 1
    house.service.outbox.drain()
    assert comment(house, "q6") == " ".join(PARTS[:2])
    assert [text[:38] for text in house.said()[before:]] == ["Hi, please ignore our last questions. "[:38]]
    assert (settle(house), waiting(house), status(house)) == (0, [], "partly_answered")


def test_parts_go_on_waiting_while_the_worker_changes(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, *PARTS[:2])
    with house.database.writing() as session:
        now = house.clock.now()
        assert interruptions.worker_changed(session, 1, catalogue=DEFINITIONS, council=COUNCIL, now=now) == 1
    assert settle(house) == 1
    assert comment(house, "q6") == " ".join(PARTS[:2])


def test_parts_of_a_conversation_that_has_closed_are_read_all_the_same(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, f"{LONG} but he still touches", "me at night")
    with house.database.writing() as session:
        session.get_one(Conversation, 1).closed_at = house.clock.now()
    assert settle(house) == 1
    assert (waiting(house), talk(house).settle_at) == ([], None)
    assert raised(house) == [("concern", "red_now")]


def test_no_reminder_and_no_lapse_comes_between_parts(house: House):
    begin(house, *TO_FIRST_WORDS)
    texts(house, LONG)
    house.clock.move(timedelta(days=8))
    with house.database.writing() as session:
        session.get_one(Conversation, 1).remind_at = house.clock.now()
    assert (remind(house), lapse(house)) == (0, 0)
    assert settle(house) == 1
    assert comment(house, "q6") == LONG


def test_two_threads_that_settle_take_the_parts_once(house: House):
    begin(house, *TO_FIRST_WORDS)
    before = len(house.said())
    texts(house, *PARTS[:3])
    house.clock.move(QUIET)
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(house.service.inbox.settle, [house.clock.now()] * 4))
    house.service.outbox.drain()
    assert sum(taken) == 1
    assert len(house.said()) == before + 1
    assert comment(house, "q6") == " ".join(PARTS[:3])


def test_two_parts_at_the_same_moment_are_both_kept(house: House):
    begin(house, *TO_FIRST_WORDS)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(house.text, PARTS))
    settle(house)
    assert set(PARTS) == {part for part in PARTS if part in (comment(house, "q6") or "")}
