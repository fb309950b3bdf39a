"""What answers a question for a wish is a wish, whatever its tone: the table of what goes into which list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.digest import shape_digest
from analysis.digesting.kinds import kind_of
from analysis.figures import CommentRow
from analysis.tags import tag
from tests.analysis.test_digest import A_COMMENT, COVERAGE, NOVEMBER


def said(words: str, metric: str = "free_better", **changes: object) -> CommentRow:
    """A comment as it is tagged."""
    tags = tag(words)
    row = replace(
        A_COMMENT,
        words=words,
        metric=metric,
        sentiment=tags.sentiment,
        tone_score=tags.score,
        themes=tags.themes,
        complaint=tags.complaint,
        compliment=tags.compliment,
    )
    return replace(row, **changes)


@pytest.mark.parametrize(
    ("metric", "words", "kind"),
    [
        # wishes, however kindly they are put
        ("free_better", "New worker again. Explained everything from the start, again", "wish"),
        ("free_scale_up", "a bit more sleep lol", "wish"),
        ("free_scale_up", "being listened to for once", "wish"),
        ("free_scale_up", "someone actually turning up", "wish"),
        ("free_scale_up", "mum being happy and calm", "wish"),
        ("free_better", "Keep texting before visits, it helps", "wish"),
        ("free_better", "maybe evening visits when I'm on shift", "wish"),
        ("free_change", "shes lovely but visits could be later", "wish"),
        ("free_change", "evening visits", "wish"),
        ("free_better", "Less jargon in the letters please", "wish"),
        # what went wrong
        ("free_better", "He cancelled three times. Sat in waiting all morning, no show no call", "concern"),
        ("free_better", "Nobody asked what we thought, it was all decided before", "concern"),
        ("free_better", "six months on and nothing has changed", "concern"),
        ("free_better", "nothing has changed", "concern"),
        ("free_worse", "school is horrible now", "concern"),
        ("free_worse", "my sleep", "concern"),
        # nothing to change, and plain praise
        ("free_better", "Nothing really, can't fault her", "praise"),
        ("free_better", "nothing tbh shes great", "praise"),
        ("free_better", "Nothing, she's amazing", "praise"),
        ("free_better", "Keep doing what you do", "praise"),
        ("free_change", "I wouldn't change a thing", "praise"),
        ("free_better", "She's brilliant", "praise"),
        ("free_better", "Just want to say thank you to Sam, she has been amazing", "praise"),
        # near misses
        ("free_better", "Nothing she does helps", "concern"),
        ("free_better", "Nothing ever gets done", "wish"),
        ("free_change", "Keep doing what you do but ring first", "wish"),
        # not clear: never guessed
        ("free_better", "Nothing", "other"),
        ("free_better", "nope", "other"),
        ("free_better", "no complaints", "other"),
        ("free_scale_up", "dont know", "other"),
        ("free_better", "Everything was explained", "other"),
        ("free_better", "mogłaby pani częściej dzwonić do mnie", "other"),
        ("free_good", "It's OK. Early days", "other"),
        # other questions keep their tone
        ("free_good", "She heard us out and never rushed us", "praise"),
        ("free_good", "being listened to for once", "praise"),
    ],
)
def test_what_was_asked_outranks_the_tone(metric: str, words: str, kind: str) -> None:
    assert kind_of(said(words, metric)) == kind


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"score": 0}, "concern"),
        ({"score": 100}, "praise"),
        ({"score": 100, "complaint": True}, "concern"),
        ({"score": 50}, "wish"),
        ({"tagged": False, "sentiment": None, "compliment": False}, "other"),
    ],
)
def test_a_complaint_and_the_closed_answer_outrank_the_question(changes: dict[str, object], kind: str) -> None:
    assert kind_of(said("being listened to for once", "free_scale_up", **changes)) == kind


def test_a_wish_praises_no_theme_and_stands_in_a_list_of_its_own() -> None:
    wish = said("being listened to for once", "free_scale_up", answer_id=1)
    praise = said("she is kind", "free_good", answer_id=2)
    view = shape_digest(NOVEMBER, [wish, praise], COVERAGE)
    assert [row.words for row in view.wishes] == ["being listened to for once"]
    assert [row.words for row in view.praise] == ["she is kind"]
    assert [(line.theme, line.words) for line in view.most_praised] == [("respect_warmth", "1 of 2")]
    assert view.summary_counts()["comments"] == 2
