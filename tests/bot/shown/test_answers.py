"""The inbox: newest first, nothing lost between its pages, and no more than the viewer may read."""

from datetime import timedelta

import pytest

from bot.access import Viewer
from bot.shown.answers import InboxPage, latest
from tests.builders import DEFINITIONS, House, make_case

DUTY = Viewer(99, "duty")


def inbox(house: House, viewer: Viewer = DUTY, before: int | None = None, limit: int = 50) -> InboxPage:
    with house.database.reading() as session:
        return latest(session, viewer, catalogue=DEFINITIONS, before=before, limit=limit)


def said(page: InboxPage) -> list[str | None]:
    return [line.words for line in page.answers]


def test_a_days_texts_come_newest_first_and_the_oldest_are_cut(house: House) -> None:
    for number in range(60):
        house.text(f"stranger text {number}", address=f"+4479111{number:05}")
    first = inbox(house)
    assert said(first) == [f"stranger text {number}" for number in range(59, 9, -1)]
    second = inbox(house, before=first.older)
    assert said(second) == [f"stranger text {number}" for number in range(9, -1, -1)]
    assert second.older is None


def test_answers_and_texts_that_answered_nothing_stand_in_the_order_in_which_they_came(house: House) -> None:
    made = make_case(house)
    house.ask()
    for words in ("who told you?", "GO", "7", "1", "2 but she is late", "1", "STOP"):
        house.text(words)
        house.clock.move(timedelta(minutes=1))
    house.text("it did help though")
    house.text("hello", address="+447911100001")
    assert said(inbox(house)) == ["hello", "it did help though", "2 but she is late", "who told you?"]
    manager = Viewer(made.manager_id, "manager")
    assert said(inbox(house, manager)) == ["it did help though", "2 but she is late", "who told you?"]
    assert said(inbox(house, Viewer(made.worker_id, "worker"))) == []


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_every_page_begins_where_the_one_before_ended(house: House, limit: int) -> None:
    make_case(house)
    house.ask()
    for words in ("GO", "7", "1", "2 but she is late", "1", "1", "skip", "one thing", "1"):
        house.text(words)
    for words in ("ok", "a", "stop", "b"):
        house.text(words, address="+447911100001")
    found, before = [], None
    while True:
        page = inbox(house, before=before, limit=limit)
        found += said(page)
        before = page.older
        if before is None:
            break
    assert found == said(inbox(house)) == ["b", "a", "one thing", "2 but she is late"]


def test_an_address_that_nobody_was_given_shows_nothing_worse_than_a_page(house: House) -> None:
    house.text("hello")
    assert said(inbox(house, before=10**30)) == ["hello"]
    assert said(inbox(house, before=-5)) == []
