"""How soon and how often a message is tried again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.sending import trying
from bot.sending.trying import Broken, NeverEnding
from channels.errors import BadAddress, Busy, OptedOut, OurFault, Refused, SendError, TimedOut, Unreachable
from store.sending.claimed import Claimed

DOWN, LATER = Unreachable("down", "No connection."), Busy("429", "Later.", retry_after=90)
KEY, TOO_LONG = OurFault("20003", "Our key."), Refused("21617", "Too long.")
LOST = TimedOut("timeout", "No answer.")
DEAD, STOPPED = BadAddress("21614", "Not a mobile."), OptedOut("21610", "Stopped.")


def claimed(attempts: int, kind: str = "reply", faults: int = 0) -> Claimed:
    return Claimed(
        id=1,
        channel="sms",
        address="+447700900001",
        text="hello",
        subject=None,
        key="k",
        kind=kind,
        conversation_id=None,
        unsure=False,
        attempts=attempts,
        faults=faults,
        at=datetime(2026, 10, 6, 10, 30, tzinfo=UTC),
        first_attempt_at=datetime(2026, 10, 6, 10, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("kind", "attempts", "error", "least", "most"),
    [
        ("reply", 1, DOWN, 3, 5),
        ("reply", 4, DOWN, 24, 40),
        ("reply", 40, DOWN, 675, 1125),
        ("reply", 1, LATER, 90, 90),
        ("reply", 1, KEY, 45, 75),
        ("reply", 40, KEY, 2700, 4500),
        ("alert", 1, DOWN, 3, 5),
        ("alert", 400, DOWN, 45, 75),
        ("alert", 400, KEY, 225, 375),
        ("alert", 400, TOO_LONG, 225, 375),
        ("alert", 400, DEAD, 225, 375),
    ],
)
def test_pauses_grow_heed_the_provider_and_stay_short_for_an_alert(kind, attempts, error, least, most):
    assert least <= trying.pause(claimed(attempts, kind), error).total_seconds() <= most


@pytest.mark.parametrize(
    ("kind", "attempts", "error", "is_over"),
    [
        ("reply", 12, DOWN, False),
        ("reply", 72, DOWN, True),
        ("reply", 71, KEY, False),
        ("reply", 72, KEY, True),
        ("reply", 1, TOO_LONG, True),
        ("reply", 1, DEAD, True),
        ("reply", 1, STOPPED, True),
        ("reply", 13, Broken("ValueError"), False),
        ("reply", 72, LOST, False),
        ("reply", 73, LOST, True),
        ("reply", 1, NeverEnding("never_ending"), True),
        ("digest", 1, KEY, False),
        ("alert", 5000, DOWN, False),
        ("alert", 5000, KEY, False),
        ("alert", 5000, TOO_LONG, False),
        ("alert", 5000, Broken("ValueError"), False),
        ("alert", 1, DEAD, False),
        ("alert", 1, STOPPED, True),
        ("alert", 10_000, DOWN, True),
    ],
)
def test_a_message_is_given_up_in_the_end_and_an_alert_hardly_ever(
    kind: str, attempts: int, error: SendError, is_over: bool
):
    assert trying.is_over(claimed(attempts, kind), error) is is_over


def test_each_cap_counts_its_own_faults_and_leaves_room_for_a_last_look():
    assert not trying.is_over(claimed(40, faults=11), Broken("ValueError"))
    assert trying.is_over(claimed(13, faults=12), Broken("ValueError"))
    assert not trying.is_over(claimed(73, faults=2), DOWN)
    assert trying.is_over(claimed(74, faults=2), DOWN)


def test_a_wait_that_makes_no_sense_is_cut_to_a_day():
    asked = Busy("429", "Wait.", retry_after=1e15)
    assert trying.pause(claimed(1, "reply"), asked).total_seconds() == 86_400


def test_a_message_that_nobody_survives_is_not_taken_up_for_ever():
    trying.check(claimed(85))
    trying.check(claimed(9_000, "alert"))
    with pytest.raises(NeverEnding):
        trying.check(claimed(86))
    with pytest.raises(NeverEnding):
        trying.check_after_look(claimed(73))
