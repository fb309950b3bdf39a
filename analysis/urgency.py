"""Looks for signs that someone may not be safe, in every message and whatever was asked.

Word lists only change how FAST a person looks: every free text is read by a person within one working day. What is found
here is never told to the writer, never closed by software, and never touched by sentiment. The lists are in
`vocabulary/urgent*.yaml`; `analysis/normalise.py` reads text-speak and `analysis/cues.py` does the matching.

Measured (version 1, any severity / red or conduct). The authors had read these while writing the lists, so recall on them
flatters: invented UK texts, risk 2: 42 and 42 of 42, risk 1: 12 and 7 of 12, harmless: 8 and 0 of 53; NHS comments, risk 2:
18 and 18 of 18, risk 1: 17 and 14 of 23. False alarms per 100: ordinary texts 2.8 and 1.0, other NHS comments 2.3 and 0.6.
Two sets of texts invented afterwards were met unseen: 65 of 91, then 23 of 45 found. About half of what is worded in a new
way is missed, which is why a person reads every free text. 0.2 ms a text; 4 ms for 1,600 characters, 8 of cues alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, NamedTuple

from analysis import language
from analysis.cues import CueBook, Found
from analysis.normalise import Word, read_vocabulary, word_set

Severity = Literal["red_now", "red_today", "conduct", "amber"]

ORDER: tuple[Severity, ...] = ("red_now", "red_today", "conduct", "amber")
"""Most serious first. `conduct` is not a degree but a different audience: ask `hides_from_manager` as well."""

_SHORT = 5
_LAUGHS = word_set("lol lool lmao lmfao haha hahaha hahahaha ha jk joke joking jokes jks rofl 😂 🤣")
_NEGATIVE = word_set("not never without isnt nobody")
_STOPPED = word_set("stop stopped stops stopping quit")
_HELPED = word_set("help helped helps helping managed got able finally has have")
_CLAUSE_STARTS = word_set(
    "i he she they we you it who and but because so when if then mum dad brother sister someone what why no yes"
)
_LOOK_BACK = 4
_NEGATION_AFTER_PREFIX = frozenset(
    {("never", "mind"), ("not", "only"), ("not", "just"), ("not", "lie"), ("not", "sure")}
)
_BARE_NO = word_set("no nope nah never none nobody not")
_QUESTIONS_OF_SAFETY = ("safe", "grown-up", "grown up")


class Concern(NamedTuple):
    """A sign that someone may not be safe: what kind, how fast a person must look, and the words that say so."""

    category: str
    severity: Severity
    words: str


class _Label(NamedTuple):
    category: str
    severity: Severity
    kind: str


class _Signal(NamedTuple):
    """A cue in a message. `live`: it speaks of now and is no look-alike, so it counts beside others."""

    category: str
    severity: Severity
    weak: bool
    live: bool
    at: tuple[int, ...]
    could_be: Severity
    plain: str = ""


_CATEGORIES = ("urgent_danger.yaml", "urgent_home.yaml")
_KINDS = ("cues", "short", "slang", "weak", "friends", "never")


@functools.cache
def _book() -> CueBook[_Label]:
    raw = read_vocabulary("urgent.yaml")
    categories = [category for name in _CATEGORIES for category in read_vocabulary(name)]
    cues = [
        (str(cue), _Label(category["id"], category["severity"], kind))
        for category in categories
        for kind in _KINDS
        for cue in category.get(kind, ())
    ]
    cues += [(str(cue), _Label("other_language", "amber", "seeds")) for cue in raw["other_language_seeds"]]
    return CueBook.of(cues, raw["groups"])


@functools.cache
def _help_words() -> frozenset[str]:
    return frozenset(str(word) for word in read_vocabulary("urgent.yaml")["help_words"])


def find_concerns(text: str, *, question: str | None = None) -> list[Concern]:
    """Every kind of concern in `text`, most serious first, one for each category; empty where there is none.

    Args:
        text: one message, or several parts joined.
        question: what had been asked, in its words; a bare "no" means more where it was about being safe.

    `Concern.words` is the piece of the original text that was matched. Never raises; takes well under a millisecond for a
    usual text. Rules: `matching` and `modifiers` of the service's taxonomy of urgent concerns.
    """
    words = _book().read(text)
    signals = [*_signals(words), *_whole_message(text, words, question or "")]
    concerns: dict[str, Concern] = {}
    for signal in sorted(_weighed(signals), key=lambda each: (ORDER.index(each.severity), each.at)):
        concerns.setdefault(
            signal.category, Concern(signal.category, signal.severity, _original(text, words, signal.at))
        )
    return list(concerns.values())


def most_serious(concerns: Iterable[Concern]) -> Severity | None:
    """The severity that decides how fast a person must look; None where there is no concern."""
    return min((concern.severity for concern in concerns), key=ORDER.index, default=None)


def hides_from_manager(concerns: Iterable[Concern]) -> bool:
    """Whether any of `concerns` is about a worker's conduct, however serious the others are.

    Such a message is for the safeguarding lead only; the worker and the line manager never see it.
    """
    return any(concern.severity == "conduct" for concern in concerns)


def _signals(words: Sequence[Word]) -> list[_Signal]:
    by_kind: dict[str, list[Found[_Label]]] = {kind: [] for kind in (*_KINDS, "seeds")}
    for found in _book().find(words):
        by_kind[found.label.kind].append(found)
    kinds = ["cues", *(["short"] if len(words) <= _SHORT else []), "slang", "weak", "seeds"]
    candidates = [found for kind in kinds for found in by_kind[kind]]
    laughs = any(word.text in _LAUGHS for word in words)
    look_alikes = by_kind["friends"] + (by_kind["slang"] if laughs else [])
    claimed = {position for found in candidates for position in found.at}
    signals: dict[tuple[str, str], _Signal] = {}
    for found in candidates:
        plain = " ".join(words[position].text for position in found.at)
        key = (found.label.category, plain)
        before = signals.get(key)
        if (before and before.live) or _touched(found, by_kind["never"]):
            continue  # the same words again can add nothing
        glance = _touched(found, look_alikes) or _denied_or_past(found.at, words, claimed)
        signals[key] = _signal(found, plain, glance=glance)
    return list(signals.values())


def _touched(found: Found[_Label], others: Iterable[Found[_Label]]) -> bool:
    return any(other.label.category == found.label.category and found.touches(other) for other in others)


def _signal(found: Found[_Label], plain: str, *, glance: bool) -> _Signal:
    category, severity, kind = found.label
    weak = kind == "weak"
    return _Signal(
        category=category,
        severity="amber" if glance or weak else severity,
        weak=weak and not glance,
        live=not glance and kind != "seeds",
        at=found.at,
        could_be=severity,
        plain=plain,
    )


def _denied_or_past(at: tuple[int, ...], words: Sequence[Word], claimed: AbstractSet[int]) -> bool:
    """Whether what was found is said not to happen, or no longer: "he doesnt hit me any more", "used to cut".

    A "not" that belongs to another cue (`claimed`) denies nothing: "cant cope gonna lose it".
    """
    inside = [position for position in range(at[0], at[-1]) if position not in at]
    if any(_denies(position, words) for position in inside):
        return True
    if any(_ago(position, words) for position in range(at[-1] + 1, min(at[-1] + 6, len(words)))):
        return True
    for position in range(at[0] - 1, max(at[0] - 1 - _LOOK_BACK, -1), -1):
        word = words[position]
        if word.sentence != words[at[0]].sentence or word.text in _CLAUSE_STARTS or position in claimed:
            return False
        if word.text in _STOPPED or word.text in _NEGATIVE or word.text == "used":
            return _denies(position, words)
    return False


def _denies(position: int, words: Sequence[Word]) -> bool:
    here = words[position].text
    after = words[position + 1].text if position + 1 < len(words) else ""
    before = [word.text for word in words[max(0, position - 3) : position]]
    if here in _STOPPED:
        return not _NEGATIVE.intersection(before) and (here == "stopped" or bool(_HELPED.intersection(before)))
    if here in _NEGATIVE:
        return (here, after) not in _NEGATION_AFTER_PREFIX and after not in _STOPPED
    return here == "used" and after == "to"


def _ago(position: int, words: Sequence[Word]) -> bool:
    two = (words[position - 1].text, words[position].text)
    return two in {("years", "ago"), ("the", "past"), ("a", "child"), ("was", "little"), ("was", "younger")}


def _weighed(signals: Sequence[_Signal]) -> list[_Signal]:
    """Let signals strengthen each other: a weak cue beside another, and two live ambers of different kinds."""
    weighed = [_strengthened(signal, signals) for signal in signals]
    live = {signal.category for signal in weighed if signal.live and signal.severity == "amber"}
    if len(live) < 2:
        return weighed
    return [
        signal._replace(severity="red_today") if signal.live and signal.severity == "amber" else signal
        for signal in weighed
    ]


def _strengthened(signal: _Signal, signals: Sequence[_Signal]) -> _Signal:
    if not signal.weak:
        return signal
    beside = (
        other for other in signals if other.live and other.plain != signal.plain and not set(other.at) & set(signal.at)
    )
    if any(not other.weak or other.category == signal.category for other in beside):
        return signal._replace(severity=signal.could_be)
    return signal


def _whole_message(text: str, words: Sequence[Word], question: str) -> list[_Signal]:
    """What only the message as a whole shows: a bare HELP, another language, unreadable letters, a bare no."""
    plain = [word.text for word in words]
    everything = (0, len(words) - 1) if words else ()
    rules = (
        ("help", bool(plain) and len(plain) <= 2 and set(plain) <= _help_words() | {"please"} and plain != ["please"]),
        ("other_language", language.holds_foreign(text)),
        ("unreadable", "\ufffd" in text),
        ("unsafe_answer", _says_unsafe(plain, question)),
    )
    return [
        _Signal(category, "amber", weak=False, live=False, at=everything, could_be="amber")
        for category, holds in rules
        if holds
    ]


def _says_unsafe(plain: Sequence[str], question: str) -> bool:
    asked = question.casefold()
    return any(word in asked for word in _QUESTIONS_OF_SAFETY) and 0 < len(plain) <= 3 and plain[0] in _BARE_NO


def _original(text: str, words: Sequence[Word], at: tuple[int, ...]) -> str:
    return text[words[at[0]].start : words[at[-1]].end] if at else text.strip()
