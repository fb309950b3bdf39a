"""Texts that answered no question: which are read, and what each is called."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import alerts
from bot.access import Viewer
from bot.shown import alert_views
from bot.shown.answers import latest
from tests.builders import DEFINITIONS, House, make_case

LEFT_OUT: list[tuple[str, str]] = []


def inbox(house: House) -> list[tuple[str, str]]:
    """The label and the words of each text, oldest first."""
    with house.database.reading() as session:
        page = latest(session, Viewer(1, "administrator"), catalogue=DEFINITIONS)
    return [(line.question, line.words or "held") for line in reversed(page.answers)]


def texts(house: House, *said: str) -> None:
    make_case(house)
    house.ask()
    for words in said:
        house.clock.move(timedelta(minutes=2))
        house.text(words)


def let_go_on(house: House) -> None:
    """The duty desk reads every alert and releases it."""
    desk = Viewer(1, "duty")
    for line in recent(house):
        with house.database.writing() as session:
            now = house.clock.now()
            alerts.acknowledge(session, line, desk, now)
            assert alerts.release(session, line, desk, "seen", catalogue=DEFINITIONS, now=now)


def recent(house: House) -> list[str]:
    with house.database.reading() as session:
        return [line.reference for line in alert_views.recent(session, Viewer(1, "duty"))]


ASKED = "How are things in your family? 0 = as bad as it gets, 10 = we're fine without help."
Q1 = f"Not understood as an answer to: {ASKED}"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (("GO", "it is all a bit much"), [(Q1, "it is all a bit much")]),
        (("GO", "it is all a bit much", "7"), [(ASKED, "it is all a bit much")]),
        (("GO", "77", "7"), [(Q1, "77")]),
        (("GO", "ok"), [(Q1, "ok")]),
        (("who is this?",), [("Asked who we are", "who is this?")]),
        (("GO", "call me"), [("Would like to talk to a person", "call me")]),
        (
            ("what is it about then",),
            [("Texted in reply to the invitation, before the first question", "what is it about then")],
        ),
        (("STOP", "it did help though"), [("Texted after the questions were over", "it did help though")]),
        (("   ", "\n"), LEFT_OUT),
        (("GO", "7", "skip", "STOP", "START"), LEFT_OUT),
    ],
)
def test_a_text_is_called_what_it_was(house: House, said: tuple[str, ...], shown: list[tuple[str, str]]) -> None:
    texts(house, *said)
    assert inbox(house) == shown


@pytest.mark.parametrize("words", ["1", "2", "ok", "yes", "no", "what happens now?"])
def test_whatever_comes_while_the_questions_are_paused_is_held_back_and_then_read(house: House, words: str) -> None:
    texts(house, "GO", "he hit me last night", words)
    assert inbox(house)[-1] == ("Texted while the questions were paused", "held")
    house.clock.move(timedelta(hours=1))
    let_go_on(house)
    assert inbox(house)[-1] == ("Texted while the questions were paused", words)


def test_after_a_release_the_pause_is_over(house: House) -> None:
    texts(house, "GO", "he hit me last night")
    house.clock.move(timedelta(hours=1))
    let_go_on(house)
    house.clock.move(timedelta(hours=1))
    house.text("it is all a bit much")
    assert inbox(house)[-1][0] != "Texted while the questions were paused"


def test_a_stranger_is_told_from_somebody_we_asked(house: House) -> None:
    house.text("hello", address="+447911100001")
    assert inbox(house) == [("Texted from a number that we had asked nothing", "hello")]


def test_a_picture_without_words_is_named(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("", media_count=1)
    let_go_on(house)
    assert inbox(house) == [("Sent a picture or a recording without any words", "held")]


def test_day_and_time_are_shown(house: House) -> None:
    texts(house, "GO", "it is all a bit much")
    with house.database.reading() as session:
        (line,) = latest(session, Viewer(1, "administrator"), catalogue=DEFINITIONS).answers
    assert line.at == house.clock.at
