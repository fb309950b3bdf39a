"""Notices what may be a complaint or a compliment, so that a person can be offered the choice and praise can be passed on.

First version, from the criteria of the service's taxonomy: any dissatisfaction about what we did, failed to do or how staff
behaved, where an answer may be expected, whatever the words. Software never decides that something is not a complaint.
"""

from __future__ import annotations

import functools

from analysis.cues import CueBook
from analysis.normalise import read_vocabulary
from analysis.themes import clauses
from analysis.tone import tone


@functools.cache
def _book() -> CueBook[str]:
    raw = read_vocabulary("complaints.yaml")
    kinds = [
        (f"{subject}.{kind}", cues) for subject in ("complaint", "compliment") for kind, cues in raw[subject].items()
    ]
    return CueBook.of(((str(cue), name) for name, cues in kinds for cue in cues), raw["groups"])


def _kinds(text: str) -> set[str]:
    book = _book()
    return {found.label for found in book.find(book.read(text))}


def is_complaint(text: str) -> bool:
    """Whether `text` may be a complaint about us: it says so, asks for redress, or names a failure.

    A low score without words, a suggestion and a mere "no complaints" are none.
    """
    return any(_may_complain(clause) for clause in clauses(text))


def _may_complain(clause: str) -> bool:
    kinds = _kinds(clause)
    if "complaint.never" in kinds or "complaint.about_others" in kinds:
        return False
    if kinds & {"complaint.says", "complaint.asks"}:
        return True
    return "complaint.fails" in kinds and tone(clause).balance <= 0


def is_compliment(text: str) -> bool:
    """Whether `text` praises a person, a team or a thing done: thanks with a reason, or strong words."""
    return any(_compliments(clause) for clause in clauses(text))


def _compliments(clause: str) -> bool:
    kinds = _kinds(clause)
    signs = tone(clause)
    if signs.praise <= signs.blame:
        return False
    thanks_with_reason = (
        "compliment.thanks" in kinds and "compliment.about" in kinds and signs.praise + signs.blame >= 1
    )
    names_someone = "compliment.about" in kinds and signs.praise >= 1 and signs.blame == 0
    return "compliment.says" in kinds or thanks_with_reason or names_someone
