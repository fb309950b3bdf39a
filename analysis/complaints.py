"""Notices what may be a complaint or a compliment, so that a person can be offered the choice and praise can be passed on.

By the criteria of the service's taxonomy, not by tone: any dissatisfaction about what we did, failed to do or how staff
behaved, where an answer may be expected, whatever the words. Who names a complaint, or asks for redress, is heard by the
words alone; what is only told (a promise broken again, a visit missed) is left to what the models learnt. Software never
decides that something is not a complaint.
"""

from __future__ import annotations

from typing import Final

from analysis import language
from analysis.cueing.clauses import clauses
from analysis.cueing.complaint_cues import complaint_kinds, kinds_that_stand
from analysis.cueing.tone import tone
from analysis.models.heads import COMPLAINT, COMPLIMENT, SENTIMENT
from analysis.models.reading import Reading, in_use

COMPLAINT_ENOUGH: Final = 0.3
COMPLIMENT_ENOUGH: Final = 0.08
PRAISE_ENOUGH: Final = 0.8
"""How sure the models must be; and how sure of the tone, where words of praise are there (`criteria_any`)."""


def is_complaint(text: str) -> bool:
    """Whether `text` may be a complaint about us, by the words and by the best models there are."""
    return complains(in_use(), text)


def complains(reading: Reading | None, text: str, *, question: str | None = None) -> bool:
    """Whether `text` may be a complaint about us: it says so, asks for redress, or tells of a failure.

    A low score without words, a suggestion and a mere "no complaints" are none.
    """
    if not language.may_be_read(text):
        return False
    if any(_complains_in_words(clause) for clause in clauses(text)):
        return True
    return reading is not None and bool(reading.said(text, question)[COMPLAINT] >= COMPLAINT_ENOUGH)


def _complains_in_words(clause: str) -> bool:
    kinds = kinds_that_stand(clause)
    if "complaint.about_others" in kinds:
        return False
    return bool(kinds & {"complaint.says", "complaint.asks"}) or (
        "complaint.fails" in kinds and tone(clause).balance <= 0
    )


def compliments(reading: Reading | None, text: str, *, question: str | None = None) -> bool:
    """Whether `text` praises a person, a team or a thing done: thanks with a reason, or strong words."""
    if not language.may_be_read(text):
        return False
    in_words = any(map(_compliments_in_words, clauses(text)))
    if reading is None:
        return in_words
    said = reading.said(text, question)
    return bool(said[COMPLIMENT] >= COMPLIMENT_ENOUGH or (in_words and said[SENTIMENT][-1] >= PRAISE_ENOUGH))


def _compliments_in_words(clause: str) -> bool:
    kinds = complaint_kinds(clause)
    signs = tone(clause)
    thanks_with_reason = {"compliment.thanks", "compliment.about"} <= kinds
    return signs.praise > signs.blame and ("compliment.says" in kinds or thanks_with_reason)
