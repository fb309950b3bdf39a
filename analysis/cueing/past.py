"""Tells harm that is over, or said not to happen, from harm that goes on: "used to cut", "he doesnt hit me any more".

Such harm is amber by the service's rules, never nothing. What cannot be told is taken to go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from analysis.normalise import Word, word_set

_NEGATIVE = word_set("not never without isnt nobody denies denied deny denying")
_STOPPED = word_set("stop stopped stops stopping quit")
_HELPED = word_set("help helped helps helping managed got able finally has have")
_CLAUSE_STARTS = word_set(
    "i he she they we you it who and but because so when if then mum dad brother sister someone what why no yes"
)
_LOOK_BACK = 4
_NEGATION_AFTER_PREFIX = frozenset(
    {("never", "mind"), ("not", "only"), ("not", "just"), ("not", "lie"), ("not", "sure")}
)
_NO_SUCH = word_set(
    "concerns concern one worries issues signs sign evidence incidents incident history thoughts longer reports"
)
_AGO = frozenset(
    {
        *(("years", then) for then in ("ago", "back", "since")),
        *((when, "ago") for when in ("year", "yrs", "months", "ages")),
        *(("a", young) for young in ("child", "kid", "bairn", "teenager", "teen")),
        *(("was", young) for young in ("little", "small", "younger")),
        *{("the", "past"), ("back", "then"), ("long", "healed"), ("made", "up"), ("not", "happening")},
        *{("never", "happened"), ("not", "true"), ("no", "longer"), ("all", "done"), ("wouldnt", "again")},
    }
)
_HISTORIC = word_set("historic historical historically previously formerly expired")
_REFERS_BACK = word_set("that thats it its this all")
_GOES_ON = word_set("still again every keeps keep always")


def denied_or_past(at: tuple[int, ...], words: Sequence[Word], claimed: AbstractSet[int]) -> bool:
    """Whether what was found is said not to happen, or no longer: "he doesnt hit me any more", "used to cut".

    A "not" that belongs to another cue (`claimed`) denies nothing: "cant cope gonna lose it".
    """
    inside = [position for position in range(at[0], at[-1]) if position not in at]
    if any(_denies(position, words) for position in inside if words[position].text != "no"):
        return True
    for position in range(at[0] - 1, max(at[0] - 1 - _LOOK_BACK, -1), -1):
        word = words[position]
        if word.sentence != words[at[0]].sentence or position in claimed:
            return False
        if word.text in _STOPPED or word.text in _NEGATIVE or word.text in {"used", "no"}:
            return _denies(position, words, right_before=position == at[0] - 1)
        if word.text in _CLAUSE_STARTS:
            return False
    return False


def _denies(position: int, words: Sequence[Word], *, right_before: bool = False) -> bool:
    here = words[position].text
    after = words[position + 1].text if position + 1 < len(words) else ""
    before = [word.text for word in words[max(0, position - 3) : position]]
    if here in _STOPPED:
        return not _NEGATIVE.intersection(before) and (here == "stopped" or bool(_HELPED.intersection(before)))
    if here == "no":
        begins = position == 0 or words[position - 1].sentence != words[position].sentence
        return (right_before and not begins and after not in _CLAUSE_STARTS) or after in _NO_SUCH
    if here in _NEGATIVE:
        return (here, after) not in _NEGATION_AFTER_PREFIX and after not in _STOPPED
    return here == "used" and after == "to"


def past_sentences(words: Sequence[Word]) -> set[int]:
    """The sentences that say of themselves that they tell of long ago: "took an overdose at 19 years ago".

    "That was two years ago" says it of the sentence before. What goes on again, still or every week is not past.
    """
    past = {words[position].sentence for position in range(1, len(words)) if _ago(position, words)}
    for position in range(1, len(words)):
        begins = words[position].sentence > words[position - 1].sentence
        if begins and words[position].text in _REFERS_BACK and words[position].sentence in past:
            past.add(words[position - 1].sentence)
    return past - {word.sentence for word in words if word.text in _GOES_ON}


def _ago(position: int, words: Sequence[Word]) -> bool:
    before, here = words[position - 1].text, words[position].text
    return (before, here) in _AGO or here in _HISTORIC or (before in {"in", "from"} and _is_year(here))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word.startswith(("19", "20"))
