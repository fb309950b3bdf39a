"""The tables of the evaluation: one function for each subject, from examples and their tags to Markdown lines.

Where a table is by group, every system stands in it that stands in the table of the whole.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from analysis.cueing.lexicons import lexicons
from analysis.cueing.theme_cues import cue_hits
from analysis.tags import Tags
from analysis.taxonomy import THEMES, Severity
from analysis.training.examples import Example
from analysis.training.intervals import Figure
from analysis.training.measures import accuracy, f1_of, macro_f1, recall_of, sets_f1, share
from analysis.training.shared_data import GROUPS
from analysis.urgency import concerns_with

Examples = Sequence[Example]
Found = Mapping[str, Sequence[Tags]]
Parts = Mapping[str, Sequence[int]]
Lines = Iterator[Sequence[object]]

SETS = {
    "nhs_phase_2": "NHS phase 2",
    "nhs_phase_1": "NHS phase 1",
    "tweets": "tweets",
    "goemotions": "GoEmotions",
    "feedback": "invented feedback",
}
_CLEAR = 0.05


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"### {title}"
    yield ""
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    yield from (f"| {' | '.join(map(str, row))} |" for row in rows)


def _parts(examples: Examples, name_of: Callable[[Example], str | None]) -> Parts:
    """The places of the examples by the name that `name_of` gives them, in the order of the names."""
    parts = defaultdict(list)
    for row, example in enumerate(examples):
        if name := name_of(example):
            parts[name].append(row)
    return dict(sorted(parts.items()))


def _writers(examples: Examples) -> Parts:
    return _parts(examples, lambda each: each.audience if each.source == "feedback" else None)


def sentiment(examples: Examples, found: Found) -> Iterator[str]:
    """Sentiment, three classes, by data set, and of invented feedback by who wrote it."""
    figures = ("n", "system", "accuracy", "macro-F1", "recall of negative")
    told = _parts(examples, lambda each: SETS.get(each.source) if each.sentiment else None)
    by_set = {name: told[name] for name in SETS.values() if name in told}
    yield from _table("Sentiment", ("data set", *figures), _tones(examples, found, by_set))
    yield ""
    by_writer = _tones(examples, found, _writers(examples))
    yield from _table("Sentiment of invented feedback, by who wrote it", ("who", *figures), by_writer)


def _tones(examples: Examples, found: Found, parts: Parts) -> Lines:
    for name, rows in parts.items():
        wanted = [str(examples[row].sentiment) for row in rows]
        for system, guesses in _guesses(examples, found, rows):
            three = accuracy(wanted, guesses), macro_f1(wanted, guesses), recall_of("negative", wanted, guesses)
            yield name, len(rows), system, *three


def _guesses(examples: Examples, found: Found, rows: Sequence[int]) -> Iterator[tuple[str, list[str]]]:
    """What each system says of the sentiment; where it says nothing, that counts as neutral."""
    commonest = Counter(examples[row].sentiment for row in rows).most_common(1)[0][0]
    yield "always the commonest", [str(commonest)] * len(rows)
    lists = [_by_lists(examples[row].text) for row in rows]
    yield "TextBlob", [textblob for textblob, _ in lists]
    yield "VADER", [vader for _, vader in lists]
    for system, tags in found.items():
        yield system, [tags[row].sentiment or "neutral" for row in rows]


@functools.cache
def _by_lists(text: str) -> tuple[str, str]:
    """What TextBlob and VADER say of the sentiment."""
    scores = lexicons(text)
    return _label(scores.polarity), _label(scores.compound)


def _label(score: float) -> str:
    return "positive" if score >= _CLEAR else "negative" if score <= -_CLEAR else "neutral"


def complaints(examples: Examples, found: Found) -> Iterator[str]:
    """Complaint v compliment on NHS text (by the sign of the score), and both flags on invented feedback."""
    nhs = [
        row
        for row, each in enumerate(examples)
        if each.source == "nhs_phase_2" and each.kind in {"complaint", "compliment"}
    ]
    ours = [row for row, each in enumerate(examples) if each.source == "feedback"]

    def lines() -> Lines:
        for system, tags in found.items():
            if nhs:
                signs = [(tags[row].score or 0.0) < 0 for row in nhs]
                wanted = [examples[row].kind == "complaint" for row in nhs]
                yield "NHS: complaint v compliment", len(nhs), system, f1_of(wanted, signs)
            for flag in ("complaint", "compliment"):
                wanted = [bool(getattr(examples[row], flag)) for row in ours]
                seen = [bool(getattr(tags[row], flag)) for row in ours]
                yield f"invented: {flag}", len(ours), system, f1_of(wanted, seen)

    return _table("Complaint and compliment", ("what", "n", "system", "F1"), lines())


class _Compared(NamedTuple):
    """Themes as one data set knows them: those that each text holds, and those that each system found in it."""

    name: str
    themes: Sequence[str]
    wanted: Sequence[AbstractSet[str]]
    found: Mapping[str, Sequence[AbstractSet[str]]]


def themes(examples: Examples, found: Found) -> Iterator[str]:
    """Themes: groups of NHS labels, and our sixteen on invented feedback; polarity where the theme is found."""
    compared = list(_compared(examples, found))
    figures = ("n", "system", "micro-F1", "macro-F1")
    yield from _table("Themes", ("what", *figures), (line for each in compared for line in _whole(each)))
    yield ""
    by_theme = ("what", "theme", "n", "with it", "system", "F1")
    yield from _table("Themes, one by one", by_theme, (line for each in compared for line in _one_by_one(each)))
    yield ""
    writers = (_ours(who, examples, found, rows) for who, rows in _writers(examples).items())
    by_writer = (line for each in writers for line in _whole(each))
    yield from _table("Themes of invented feedback, by who wrote it", ("who", *figures), by_writer)
    yield ""
    for system, tags in found.items():
        yield f"Polarity right where a theme is found and is praised or blamed, {system}: {_polarity(examples, tags)}."


def _compared(examples: Examples, found: Found) -> Iterator[_Compared]:
    rows = _parts(examples, lambda each: each.source if each.theme_ids else None)
    if nhs := rows.get("nhs_phase_2"):
        wanted = [_grouped(examples[row].themes) for row in nhs]
        systems = {system: [*map(_grouped, sets)] for system, sets in _systems(examples, found, nhs)}
        yield _Compared("NHS phase 2, 8 groups", tuple(GROUPS), wanted, systems)
    yield _ours("invented, 16 themes", examples, found, rows["feedback"])


def _ours(name: str, examples: Examples, found: Found, rows: Sequence[int]) -> _Compared:
    wanted = [frozenset(examples[row].themes) for row in rows]
    return _Compared(name, tuple(THEMES), wanted, dict(_systems(examples, found, rows)))


def _systems(examples: Examples, found: Found, rows: Sequence[int]) -> Iterator[tuple[str, list[frozenset[str]]]]:
    """The themes that each system finds in each text, the cue words alone first."""
    yield "cue words", [_by_cues(examples[row].text) for row in rows]
    for system, tags in found.items():
        yield system, [frozenset(tags[row].themes) for row in rows]


@functools.cache
def _by_cues(text: str) -> frozenset[str]:
    return frozenset(theme for theme, _ in cue_hits(text))


def _grouped(themes_of_one: Iterable[str]) -> frozenset[str]:
    held = set(themes_of_one)
    return frozenset(group for group, members in GROUPS.items() if members & held)


def _whole(compared: _Compared) -> Lines:
    for system, sets in compared.found.items():
        yield compared.name, len(sets), system, *sets_f1(compared.wanted, sets)


def _one_by_one(compared: _Compared) -> Lines:
    for theme in compared.themes:
        wanted = [theme in each for each in compared.wanted]
        for system, sets in compared.found.items():
            figure = f1_of(wanted, [theme in each for each in sets])
            yield compared.name, theme, len(wanted), sum(wanted), system, figure


_WORD = {"pos": "positive", "neg": "negative"}


def _polarity(examples: Examples, tags: Sequence[Tags]) -> Figure:
    return share(
        tags[place].themes[theme] == _WORD[polarity]
        for place, example in enumerate(examples)
        if example.source == "feedback"
        for theme, polarity in example.themes.items()
        if polarity in _WORD and theme in tags[place].themes
    )


_URGENT = {"red_now", "red_today", "conduct"}
_TIERS = ("n", "system", "urgent tier", "any tier")
_BY_KIND = {"disclosures", "harmless", "risk_texts"}
_WITHOUT_CONCERN = {"sms", "nhs_phase_2", "nhs_phase_1", "feedback"}


def concerns(examples: Examples, found: Found) -> Iterator[str]:
    """How many disclosures are seen, at all and as urgent, by severity and by category."""
    harm = _parts(examples, lambda each: _kind(each) if each.concern else None)
    yield from _table("Urgent concerns: found", ("texts", *_TIERS), _alarms(examples, found, harm))
    yield ""
    categories = _parts(examples, lambda each: each.category if each.source == "disclosures" else None)
    by_category = _alarms(examples, found, categories)
    yield from _table("Urgent concerns: found in disclosures, by category", ("category", *_TIERS), by_category)


def false_alarms(examples: Examples, found: Found) -> Iterator[str]:
    """How often a text without any concern raises one."""

    def name_of(example: Example) -> str | None:
        if example.concern:
            return None
        return example.source if example.source in _WITHOUT_CONCERN else _kind(example)

    lines = _alarms(examples, found, _parts(examples, name_of))
    return _table("Urgent concerns: false alarms", ("texts", *_TIERS), lines)


def _kind(example: Example) -> str | None:
    return f"{example.source}, {example.kind}" if example.source in _BY_KIND else None


def _alarms(examples: Examples, found: Found, parts: Parts) -> Lines:
    for name, rows in parts.items():
        for system, seen in _seen(examples, found, rows):
            yield name, len(rows), system, share(bool(each & _URGENT) for each in seen), share(map(bool, seen))


def _seen(examples: Examples, found: Found, rows: Sequence[int]) -> Iterator[tuple[str, list[AbstractSet[Severity]]]]:
    """The severities that each system sees in each text, the patterns alone first."""
    yield "patterns alone", [_by_patterns(examples[row].text, examples[row].question) for row in rows]
    for system, tags in found.items():
        yield system, [{concern.severity for concern in tags[row].concerns} for row in rows]


@functools.cache
def _by_patterns(text: str, question: str | None) -> frozenset[Severity]:
    return frozenset(concern.severity for concern in concerns_with(None, text, question=question))
