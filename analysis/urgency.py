"""Looks for signs that someone may not be safe, in every message and whatever was asked.

Word lists only change how FAST a person looks: every free text is read by a person within one working day. What is found
here is never told to the writer, never closed by software, and never touched by sentiment. The lists are in
`vocabulary/urgent*.yaml`; `analysis/normalise.py` reads text-speak, `analysis/cueing` does the matching and tells what is
over, and the models add what no list foresaw (`analysis/urgency_head.py`).

What was measured stands in `docs/analysis.md`. Most disclosures that avoid the obvious word are missed by patterns, which is
why the models look as well, and why a person reads every free text all the same.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from analysis import language
from analysis.cueing.clauses import clause_lengths
from analysis.cueing.cues import CueBook, Found
from analysis.cueing.past import denied_or_past, past_sentences
from analysis.models.reading import Reading, in_use
from analysis.normalise import Word, read_vocabulary, word_set
from analysis.taxonomy import ORDER, Concern, Severity
from analysis.urgency_head import head_concern

_SHORT = 6
_FEW = 3
_LAUGHS = word_set("lol lool lmao lmfao haha hahaha hahahaha ha jk joke joking jokes jks rofl 😂 🤣")
_BARE_NO = word_set("no nope nah never none nobody not")
_QUESTIONS_OF_SAFETY = ("safe", "grown-up", "grown up", "know_where")


class _Label(NamedTuple):
    category: str
    severity: Severity
    kind: str


class _Signal(NamedTuple):
    """A cue in a message.

    `live`: it speaks of now and is no look-alike, so it counts beside others. `faint`: it counts beside others only.
    """

    category: str
    severity: Severity
    weak: bool
    live: bool
    at: tuple[int, ...]
    could_be: Severity
    plain: str = ""
    faint: bool = False


_FILES = ("life", "mind", "body", "care", "home", "couple", "street", "belief", "hints")
_KINDS = ("cues", "short", "slang", "weak", "faint", "friends", "never")


@functools.cache
def categories() -> list[dict[str, Any]]:
    """The blocks of `vocabulary/urgent_*.yaml`; a category that has cues of two severities stands there twice."""
    return [block for name in _FILES for block in read_vocabulary(f"urgent_{name}.yaml")]


def cues_of(block: Mapping[str, str], kind: str) -> list[str]:
    """The cues of one kind ("cues", "weak", ...) of one block, as they are written."""
    return [cue.strip() for cue in block.get(kind, "").split(",") if cue.strip()]


@functools.cache
def _book() -> CueBook[_Label]:
    raw = read_vocabulary("urgent.yaml")
    cues = [
        (cue, _Label(block["id"], block["severity"], kind))
        for block in categories()
        for kind in _KINDS
        for cue in cues_of(block, kind)
    ]
    cues += [(cue, _Label("other_language", "amber", "seeds")) for cue in cues_of(raw, "other_language_seeds")]
    cues += [(cue, _Label("", "amber", "unreal")) for cue in cues_of(raw, "unreal")]
    return CueBook.of(cues, {name: str(words).split() for name, words in raw["groups"].items()})


@functools.cache
def _words_of(name: str) -> frozenset[str]:
    return word_set(read_vocabulary("urgent.yaml")[name])


def find_concerns(text: str, *, question: str | None = None) -> list[Concern]:
    """Every kind of concern in `text` by the patterns and by the best models there are: see `concerns_with`."""
    return concerns_with(in_use(), text, question=question)


def concerns_with(reading: Reading | None, text: str, *, question: str | None = None) -> list[Concern]:
    """Every kind of concern in `text`, most serious first, one for each category; empty where there is none.

    Args:
        reading: the models, which add to the patterns where these find nothing above amber; None for the patterns alone.
        text: one message, or several parts joined.
        question: what had been asked, in its words or by its metric key; a bare "no" means more where that was about being
            safe.

    `Concern.words` is the piece of the original text that was matched. Never raises; the patterns take well under a
    millisecond for a usual text. Rules: `matching` and `modifiers` of the service's taxonomy of urgent concerns.
    """
    found, over = _by_patterns(text, question or "")
    if reading and all(concern.severity == "amber" for concern in found):
        added = head_concern(reading, text)
        if added and added.category not in over:
            found.append(added)
    concerns: dict[str, Concern] = {}
    for concern in sorted(found, key=lambda each: ORDER.index(each.severity)):
        concerns.setdefault(concern.category, concern)
    return list(concerns.values())


def _by_patterns(text: str, question: str) -> tuple[list[Concern], set[str]]:
    """What the patterns find, and of which categories only what is over, denied, a look-alike or one weak word.

    Such a message is amber by rule ("i dont want to kill myself", "im hungry"): the models, to which words are words, do
    not raise it. A weak word in a longer message is theirs to weigh.
    """
    words = _book().read(text)
    signals = _weighed([*_signals(words), *_whole_message(text, words, question)])
    in_order = sorted(signals, key=lambda each: (ORDER.index(each.severity), each.at))
    is_short = len(words) <= _SHORT
    standing = {signal.category for signal in signals if signal.live and not (signal.weak and is_short)}
    found = [Concern(signal.category, signal.severity, _original(text, words, signal.at)) for signal in in_order]
    return found, {signal.category for signal in signals} - standing


def most_serious(concerns: Iterable[Concern]) -> Severity | None:
    """The severity that decides how fast a person must look; None where there is no concern."""
    return min((concern.severity for concern in concerns), key=ORDER.index, default=None)


def hides_from_manager(concerns: Iterable[Concern]) -> bool:
    """Whether any of `concerns` is about a worker's conduct, however serious the others are.

    Such a message is for the safeguarding lead only; the worker and the line manager never see it.
    """
    return any(concern.severity == "conduct" for concern in concerns)


def _signals(words: Sequence[Word]) -> list[_Signal]:
    by_kind: dict[str, list[Found[_Label]]] = defaultdict(list)
    for found in _book().find(words):
        by_kind[found.label.kind].append(found)
    lengths = clause_lengths(words)
    stories = {words[found.at[0]].sentence for found in by_kind["unreal"]}
    topics = {word.sentence for word in words if word.text in _words_of("topics")}
    laughs = any(word.text in _LAUGHS for word in words)
    glanced = _ground(by_kind["friends"] + (by_kind["slang"] if laughs else []))
    cleared = _ground(by_kind["never"])
    candidates = [
        found
        for kind in ("cues", "short", "slang", "weak", "faint", "seeds")
        for found in by_kind[kind]
        if words[found.at[0]].sentence not in stories
        and not (words[found.at[0]].sentence in topics and _names_nobody(found.at, words))
        and not _touches(found, cleared)
        and not _is_any_sentence(found.at, words)
    ]
    claimed = {position for found in candidates for position in found.at}
    past = past_sentences(words)
    signals: dict[tuple[str, str], _Signal] = {}
    for found in candidates:
        plain = " ".join(words[position].text for position in found.at)
        before = signals.get((found.label.category, plain))
        if before and before.live:
            continue  # the same words again can add nothing
        glance = (
            _touches(found, glanced) or words[found.at[0]].sentence in past or denied_or_past(found.at, words, claimed)
        )
        long = _FEW if found.label.kind == "faint" else _SHORT
        signals[found.label.category, plain] = _signal(
            found, plain, glance=glance, in_passing=lengths[found.at[0]] > long
        )
    return list(signals.values())


def _ground(found: Iterable[Found[_Label]]) -> dict[str, set[int]]:
    """The words between the ends of what was found, for each category."""
    ground: dict[str, set[int]] = defaultdict(set)
    for each in found:
        ground[each.label.category].update(range(each.at[0], each.at[-1] + 1))
    return ground


def _touches(found: Found[_Label], ground: Mapping[str, set[int]]) -> bool:
    taken = ground.get(found.label.category, set())
    return any(position in taken for position in range(found.at[0], found.at[-1] + 1))


def _is_any_sentence(at: tuple[int, ...], words: Sequence[Word]) -> bool:
    """Whether nothing but everyday words was found, and not even together."""
    between = at[-1] - at[0] + 1 - len(at)
    return between > 1 and all(words[position].text in _words_of("everyday") for position in at)


def _names_nobody(at: tuple[int, ...], words: Sequence[Word]) -> bool:
    return not any(words[position].text in _words_of("people") for position in at)


def _signal(found: Found[_Label], plain: str, *, glance: bool, in_passing: bool) -> _Signal:
    category, severity, kind = found.label
    faint = in_passing and (kind == "faint" or (kind == "short" and not glance))
    weak = faint or kind in {"weak", "faint"}
    return _Signal(
        category=category,
        severity="amber" if glance or weak else severity,
        weak=weak and not glance,
        live=not glance and kind != "seeds",
        at=found.at,
        could_be=severity,
        plain=plain,
        faint=faint,
    )


def _weighed(signals: Sequence[_Signal]) -> list[_Signal]:
    """Let signals strengthen each other: a weak cue beside another, and two live ambers of different kinds."""
    weighed = [_strengthened(signal, signals) for signal in signals]
    weighed = [signal for signal in weighed if not signal.faint]
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
        return signal._replace(severity=signal.could_be, faint=False)
    return signal


def _whole_message(text: str, words: Sequence[Word], question: str) -> list[_Signal]:
    """What only the message as a whole shows: a bare HELP, another language, unreadable letters, a bare no."""
    plain = [word.text for word in words]
    everything = (0, len(words) - 1) if words else ()
    rules = (
        (
            "help",
            bool(plain)
            and len(plain) <= 2
            and set(plain) <= _words_of("help_words") | {"please"}
            and plain != ["please"],
        ),
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
