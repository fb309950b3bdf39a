"""How often machine and people agree: counted month by month, each thing by itself."""

from __future__ import annotations

import pytest

from analysis.digesting.agreement import Look, TagSet, agreement
from analysis.figures import Month

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def tags(sentiment: str | None = None, *, complaint: bool = False, compliment: bool = False, **themes: str) -> TagSet:
    return TagSet(sentiment, themes, complaint=complaint, compliment=compliment)


def rates(*looks: tuple[TagSet, TagSet]) -> dict[str, tuple[int, int]]:
    (month,) = agreement(Look(NOVEMBER, machine, person) for machine, person in looks)
    assert month.looked_at == len(looks)
    return {rate.what: (rate.agreed, rate.n) for rate in month.rates}


@pytest.mark.parametrize(
    ("machine", "person", "told"),
    [
        (tags("positive"), tags("positive"), {"sentiment": (1, 1)}),
        (tags("positive"), tags("negative"), {"sentiment": (0, 1)}),
        (tags(None), tags(None), {"sentiment": (1, 1)}),
        (tags(None), tags("neutral"), {"sentiment": (0, 1)}),
        (tags(listened="positive"), tags(listened="positive"), {"sentiment": (1, 1), "listened": (1, 1)}),
        (tags(listened="positive"), tags(listened="mixed"), {"sentiment": (1, 1), "listened": (0, 1)}),
        (tags(listened="positive"), tags(), {"sentiment": (1, 1), "listened": (0, 1)}),
        (tags(), tags(listened="positive"), {"sentiment": (1, 1), "listened": (0, 1)}),
        (
            tags(listened="positive", ending="negative"),
            tags(ending="negative", reliability="negative"),
            {"sentiment": (1, 1), "listened": (0, 1), "reliability": (0, 1), "ending": (1, 1)},
        ),
        (tags(complaint=True), tags(complaint=True), {"sentiment": (1, 1), "complaint": (1, 1)}),
        (tags(complaint=True), tags(), {"sentiment": (1, 1), "complaint": (0, 1)}),
        (tags(), tags(compliment=True), {"sentiment": (1, 1), "compliment": (0, 1)}),
    ],
)
def test_each_thing_counts_where_either_found_it(machine: TagSet, person: TagSet, told: dict[str, tuple[int, int]]):
    assert rates((machine, person)) == told


def test_several_comments_are_counted_together_and_shown_in_the_order_of_the_themes():
    right, wrong = (tags("positive", listened="positive"),) * 2, (tags("positive", ending="neutral"), tags("negative"))
    counted = rates(right, right, wrong)
    assert list(counted.items()) == [("sentiment", (2, 3)), ("listened", (2, 2)), ("ending", (0, 1))]


def test_months_stand_apart_the_latest_first_and_shares_begin_at_ten():
    both = (tags("positive"), tags("positive"))
    months = agreement([Look(OCTOBER, *both), *[Look(NOVEMBER, *both)] * 10])
    assert [(each.month, each.looked_at) for each in months] == [(NOVEMBER, 10), (OCTOBER, 1)]
    assert [each.rates[0].words for each in months] == ["10 of 10 (100%)", "1 of 1"]
    assert months[0].rates[0].label == "How it sounds"


def test_where_nobody_looked_there_is_nothing():
    assert agreement([]) == []
