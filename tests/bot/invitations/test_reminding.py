"""How often each audience is reminded, and that a reminder waits for cover as a first text does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation.events import Invited, ReminderDue, Reply
from bot.conversation.silence import may_remind
from bot.conversation.state import State
from bot.conversation.step import step
from bot.talks.carry_out import REMIND_AFTER
from tests.bot.cover.keeping import add_duty, add_shift
from tests.bot.invitations.stages import at
from tests.bot.talks.playing import begin, remind
from tests.builders import DEFINITIONS, House

NOW = datetime(2026, 10, 6, 10, 30, tzinfo=UTC)
NAMES = {"worker": "Sam", "brand": "Kent Early Help", "initial": "J", "url": "x.example/p", "link": "x.example/c"}


def reminders(
    survey_id: str, *replies: str, discreet: bool = False, audience: str | None = None, allowed: int | None = None
) -> int:
    """How many reminders go out to somebody who says no more than that."""
    survey = DEFINITIONS.get(survey_id)
    state = State.new(survey, NAMES, discreet=discreet).but(reminders=allowed)
    state, _ = step(replace(state, audience=audience or state.audience), survey, Invited(first_contact=False), NOW)
    for words in replies:
        state, _ = step(state, survey, Reply(words), NOW)
    sent = 0
    while may_remind(state) and sent < 10:
        state, said = step(state, survey, ReminderDue(state.turn, "Tuesday"), NOW)
        sent += bool(said)
    return sent


@pytest.mark.parametrize(
    ("survey_id", "most"),
    [
        ("yp_16_25_review", 1),
        ("yp_11_15_review", 1),
        ("parent_review", 1),
        ("partner_six_monthly", 2),
        ("staff_event", 2),
        ("notifier_triage", 0),
    ],
)
def test_each_audience_is_reminded_so_often_and_only_while_it_has_not_answered(survey_id: str, most: int):
    assert reminders(survey_id) == most
    assert reminders(survey_id, "STOP") == 0
    assert reminders(survey_id, "GO", "1") == 0
    assert REMIND_AFTER.days == 3


def test_a_campaign_reminds_no_more_often_than_it_says_nor_than_its_audience_may_be():
    assert [reminders("partner_six_monthly", allowed=number) for number in (0, 1, 2)] == [0, 1, 2]
    assert [reminders("parent_review", allowed=number) for number in (0, 1, 2)] == [0, 1, 1]
    assert reminders("parent_review", "later", allowed=0) == 1, "as promised"


def test_whoever_asked_for_later_is_reminded_on_that_day_whatever_went_before():
    assert reminders("parent_review", "later") == 2, "as promised, and once more as anybody who has answered nothing"
    assert reminders("parent_review", "GO", "7", "later") == 1
    assert reminders("parent_review", "GO", "7", "later", "1") == 0, "they have come back by themselves"


def test_a_promise_is_kept_to_whoever_was_reminded_before():
    survey = DEFINITIONS.get("parent_review")
    state, _ = step(State.new(survey, NAMES), survey, Invited(first_contact=False), NOW)
    state, _ = step(state, survey, ReminderDue(state.turn, "Tuesday"), NOW)
    for words in ("GO", "7", "later"):
        state, _ = step(state, survey, Reply(words), NOW)
    assert may_remind(state)


def test_in_discreet_mode_nobody_is_reminded_but_as_they_were_promised():
    assert reminders("parent_review", discreet=True) == 0
    assert reminders("parent_review", "2", discreet=True) == 1
    assert reminders("partner_six_monthly", "2", discreet=True) == 1


def test_a_reminder_waits_for_cover_and_goes_as_soon_as_there_is_some(house: House):
    add_duty(house.database)
    for day in ("2026-10-06", "2026-10-13"):
        add_shift(house.database, f"{day} 09:00", f"{day} 17:00")
    begin(house)
    house.clock.at = at("2026-10-12 11:00")
    assert remind(house) == 0, "its hours, but nobody is on duty"
    add_shift(house.database, "2026-10-12 12:00", "2026-10-12 14:00")
    house.clock.at = at("2026-10-12 11:59")
    assert remind(house) == 0
    house.clock.at = at("2026-10-12 12:00")
    assert (remind(house), remind(house)) == (1, 0)
    assert house.said()[-1].startswith("Hi, it's Kent Early Help. We sent you some quick questions on Tuesday.")
