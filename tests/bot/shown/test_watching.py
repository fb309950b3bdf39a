"""What stands beside a simulated phone: every step in plain words, silence explained, and phones that stay where they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import alerts
from bot.access import Viewer
from bot.shown import alert_views, watching
from bot.tagging import tag_waiting
from tests.builders import DEFINITIONS, MUM, House, make_case

PAUSED = "The questions are paused: a person must look first"
STOPPED = "Stopped: nothing is sent"


def steps(house: House, *texts: str) -> list[tuple[str, str]]:
    """Title and detail of every step, oldest first."""
    for words in texts:
        house.clock.move(timedelta(minutes=2))
        house.text(words)
    scene = watching.scene(house.database, DEFINITIONS, MUM)
    assert scene is not None
    return [(step.title, step.detail) for step in scene.steps]


@pytest.fixture
def asked(house: House) -> House:
    make_case(house)
    house.ask()
    return house


def test_silence_after_a_concern_is_explained_until_it_is_released(asked: House) -> None:
    titles = [title for title, _ in steps(asked, "GO", "he hit me last night", "hello?")]
    assert titles.count(PAUSED) == 2
    assert titles[-1] == PAUSED
    with asked.database.reading() as session:
        (line,) = alert_views.recent(session, Viewer(1, "duty"))
    asked.clock.move(timedelta(minutes=2))
    with asked.database.writing() as session:
        now = asked.clock.now()
        alerts.acknowledge(session, line.reference, Viewer(1, "duty"), now)
        alerts.release(session, line.reference, Viewer(1, "duty"), "Safe.", catalogue=DEFINITIONS, now=now)
    assert [title for title, _ in steps(asked, "7")].count(PAUSED) == 2


def test_silence_after_a_stop_is_explained_until_start(asked: House) -> None:
    titles = [title for title, _ in steps(asked, "GO", "STOP", "hello?")]
    assert titles.count(STOPPED) == 2
    assert [title for title, _ in steps(asked, "START", "hello?")].count(STOPPED) == 2


def test_answers_stand_in_plain_words_without_how_to_text_them(asked: House) -> None:
    details = "\n".join(detail for _, detail in steps(asked, "GO", "3", "1"))
    assert "How are things in your family? 0 = as bad as it gets, 10 = we're fine without help.\n3 out of 10" in details
    assert "for the line manager to look at" in details
    for raw in ("family_scale", "family scale", "change since", "flag_", "Text a number"):
        assert raw not in details


def test_free_text_shows_its_tone_and_themes_once_tagged(asked: House) -> None:
    said = ("GO", "7", "1", "1", "1", "1", "She heard us out and never rushed us", "ring before you come please")
    (good, better) = [detail for _, detail in steps(asked, *said) if "in their own words" in detail]
    assert good.endswith("tone and themes follow in a few seconds")
    tag_waiting(asked.database, asked.clock)
    (good, better) = [detail for _, detail in steps(asked) if "in their own words" in detail]
    assert "by machine: sounds positive; about " in good
    assert "by machine: a wish" in better


def test_a_phone_in_use_keeps_its_address_when_another_list_pushes_it_out(asked: House) -> None:
    (mum,), _ = watching.holders(asked.database)
    for number in range(watching.PHONES_SHOWN):
        make_case(asked, reference=f"EH-3{number:03}", mobile=f"+4477009003{number:02}")
    asked.ask()
    listed, how_many = watching.holders(asked.database)
    assert mum.id not in {holder.id for holder in listed}
    assert how_many == watching.PHONES_SHOWN + 1
    assert watching.holder(asked.database, mum.id) == mum
    assert watching.holders(asked.database, "eh-1001") == ([mum], 1)


@pytest.mark.parametrize("phone_id", ["", "phone-", "phone-0", "phone-x", "phone-²", "phone-99999999999999999999", "1"])
def test_an_id_of_no_phone_finds_none(asked: House, phone_id: str) -> None:
    assert watching.holder(asked.database, phone_id) is None
