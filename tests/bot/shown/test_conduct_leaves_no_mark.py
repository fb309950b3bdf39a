"""What a line manager sees of a conversation with words about a worker's conduct is what they would see without them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import alerts, digests
from bot.access import Viewer
from bot.shown import alert_views
from bot.shown.answers import latest
from store.tables import Alert
from tests.bot.cover.keeping import add_duty
from tests.bot.digesting import make_due
from tests.builders import DEFINITIONS, House, MadeCase, make_case

OTHERS = "+447700900002"
CONDUCT = "1 the worker touched me and smelt of drink"
WAKE = "it makes me feel weird"


def say(house: House, address: str, *texts: str) -> None:
    for text in texts:
        house.clock.move(timedelta(minutes=2))
        house.text(text, address)


def deal_with(house: House, duty: int, *, conduct: bool) -> None:
    viewer, now = Viewer(duty, "duty"), house.clock.now()
    with house.database.writing() as session:
        standing = select(Alert.reference).where(Alert.conduct.is_(conduct), Alert.released_at.is_(None))
        for reference in session.scalars(standing).all():
            alerts.acknowledge(session, reference, viewer, now)
            assert alerts.release(session, reference, viewer, "Seen.", catalogue=DEFINITIONS, now=now)
    house.service.outbox.drain()


def seen(house: House, made: MadeCase) -> dict[str, object]:
    """All that the line manager of a case reads of it, without times and references."""
    viewer = Viewer(made.manager_id, "manager")
    with house.database.reading() as session:
        inbox = [
            (line.question, line.words, line.tags, line.held)
            for line in latest(session, viewer, catalogue=DEFINITIONS).answers
        ]
        listed = alert_views.recent(session, viewer)
        lines = [(line.severity, line.reason, line.conversation_paused) for line in listed]
        months = [line.id for line in digests.listing(session, viewer)]
    pages = [alert_views.look_at(house.service, line.reference, viewer) for line in listed]
    threads = [[(line.mine, line.text) for line in page.thread] for page in pages if page]
    digest = digests.read(house.service, months[0], viewer)
    assert digest is not None
    view = digest.view
    said = [row.words for row in (*view.praise, *view.concerns, *view.wishes, *view.other)]
    needs = [(item.question, item.answer) for item in view.needs_you_now.items]
    return {
        "inbox": inbox,
        "alerts": lines,
        "threads": threads,
        "digest": (view.headline, view.summary_counts(), view.held, said, needs, view.most_praised),
    }


@pytest.mark.parametrize("is_released", [False, True])
@pytest.mark.parametrize("money", ["unreleased", "released"])
def test_words_about_conduct_leave_no_mark_where_the_line_manager_looks(
    house: House, money: str, is_released: bool
) -> None:
    with_them = make_case(house, reference="EH-1")
    without = make_case(house, reference="EH-2", mobile=OTHERS)
    duty = add_duty(house.database)
    house.ask()
    for address in ("+447700900001", OTHERS):
        say(house, address, "GO", "3", "2 we have no money left")
    if money == "released":
        deal_with(house, duty, conduct=False)
    say(house, "+447700900001", CONDUCT, WAKE)
    house.clock.move(timedelta(hours=1))
    if is_released:
        deal_with(house, duty, conduct=True)
    make_due(house, datetime(2026, 11, 2, 7, 30, tzinfo=UTC))
    assert seen(house, with_them) == seen(house, without)
    shown = repr(seen(house, with_them))
    assert ("we have no money left" in shown) is (money == "released")
    assert "touched" not in shown
    assert WAKE not in shown


def test_what_raised_an_alert_of_its_own_in_their_wake_is_read_once_that_is_released(house: House) -> None:
    made = make_case(house)
    duty = add_duty(house.database)
    house.ask()
    say(house, "+447700900001", "GO", "7", CONDUCT, "he hit me last night", WAKE)
    viewer = Viewer(made.manager_id, "manager")
    with house.database.reading() as session:
        assert [line.words for line in latest(session, viewer, catalogue=DEFINITIONS).answers] == [None]
    deal_with(house, duty, conduct=False)
    with house.database.reading() as session:
        (line,) = latest(session, viewer, catalogue=DEFINITIONS).answers
    assert (line.words, "paused" in line.question) == ("he hit me last night", False)
