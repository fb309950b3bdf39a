"""Where a number that was given and the tone of the words disagree, the number counts and people are asked to check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.digesting.kinds import disagrees, kind_of
from analysis.digesting.shown_tags import shown_tags
from tests.analysis.test_digest import A_COMMENT

KIND = replace(A_COMMENT, words="The food bank voucher, that's it", metric="free_good", compliment=True)


def overall(score: int | None, /, **changes: object) -> dict[str, object]:
    answer = None if score is None else f"{score // 10} out of 10"
    return {"overall_score": score, "overall_answer": answer, **changes}


@pytest.mark.parametrize(
    ("changes", "kind", "check"),
    [
        # the number of the question itself
        ({"score": 0}, "concern", True),
        ({"score": 33}, "concern", True),
        ({"score": 50}, "praise", False),
        ({"score": 100}, "praise", False),
        ({"score": 100, "sentiment": "negative"}, "praise", True),
        ({"score": 0, "sentiment": "negative"}, "concern", False),
        ({"score": 0, "sentiment": "neutral"}, "concern", False),
        # the number for everything, of the same reply
        (overall(None), "praise", False),
        (overall(0), "other", True),
        (overall(20), "other", True),
        (overall(30), "other", True),
        (overall(33), "other", True),
        (overall(34), "praise", False),
        (overall(100), "praise", False),
        (overall(20, compliment=False, tone_score=0.9), "other", True),
        (overall(20, score=50), "other", True),
        (overall(20, complaint=True), "concern", False),
        (overall(20, compliment=False, sentiment="negative"), "concern", False),
        (overall(20, compliment=False, sentiment="neutral"), "other", False),
        (overall(20, metric="free_better", words="Nothing, she's amazing"), "other", True),
        (overall(20, metric="free_better", words="more visits please"), "wish", False),
        # near misses: the nearer number counts, and what a person said after looking
        (overall(20, score=100), "praise", False),
        (overall(20, score=0), "concern", True),
        (overall(20, corrected=True), "praise", False),
        (overall(20, corrected=True, score=0), "concern", True),
        (overall(20, tagged=False, sentiment=None, compliment=False), "other", False),
    ],
)
def test_a_low_answer_outranks_the_tone_of_the_words(changes: dict[str, object], kind: str, check: bool) -> None:
    row = replace(KIND, **changes)
    assert (kind_of(row), disagrees(row)) == (kind, check)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (overall(20, closed_answer="Always"), ("Always", "2 out of 10")),
        (overall(20, closed_answer="2 out of 10"), ("2 out of 10", None)),
        (overall(80, closed_answer="Always"), ("Always", None)),
        (overall(20, closed_answer="Rarely", score=0), ("Rarely", None)),
    ],
)
def test_the_answer_that_disagrees_is_shown_beside_the_words_once(
    changes: dict[str, object], told: tuple[str, str | None]
) -> None:
    shown = shown_tags(replace(KIND, **changes))
    assert (shown.closed_answer, shown.overall_answer) == told


def test_the_tone_of_a_wish_is_not_shown() -> None:
    wish = shown_tags(replace(KIND, metric="free_scale_up", words="being listened to for once", compliment=False))
    assert (wish.is_wish, wish.sentiment) == (True, None)
    assert (shown_tags(KIND).is_wish, shown_tags(KIND).sentiment) == (False, "positive")
