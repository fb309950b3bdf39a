"""The tables of the evaluation: one function for each, from examples and their tags to Markdown lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from analysis.cueing.lexicons import lexicons
from analysis.cueing.theme_cues import cue_hits
from analysis.tags import Tags
from analysis.training.examples import Example
from analysis.training.intervals import Figure
from analysis.training.measures import accuracy, f1_of, macro_f1, recall_of, sets_f1, share
from analysis.training.shared_data import GROUPS
from analysis.urgency import concerns_with

Found = Mapping[str, Sequence[Tags]]
Rows = list[int]

SETS = {
    "nhs_phase_2": "NHS phase 2",
    "nhs_phase_1": "NHS phase 1",
    "tweets": "tweets",
    "goemotions": "GoEmotions",
    "feedback": "invented feedback",
}
_CLEAR = 0.05


def _table(title: str, columns: Sequence[str], rows: Iterator[Sequence[object]]) -> Iterator[str]:
    yield f"### {title}"
    yield ""
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    yield from (f"| {' | '.join(map(str, row))} |" for row in rows)


def _label(score: float) -> str:
    return "positive" if score >= _CLEAR else "negative" if score <= -_CLEAR else "neutral"


def _guesses(examples: Sequence[Example], rows: Rows, found: Found) -> Iterator[tuple[str, list[str]]]:
    """What each system says of the sentiment; where it says nothing, that counts as neutral."""
    commonest = Counter(examples[row].sentiment for row in rows).most_common(1)[0][0]
    yield "always the commonest", [str(commonest)] * len(rows)
    lists = [lexicons(examples[row].text) for row in rows]
    yield "TextBlob", [_label(each.polarity) for each in lists]
    yield "VADER", [_label(each.compound) for each in lists]
    for system, tags in found.items():
        yield system, [tags[row].sentiment or "neutral" for row in rows]


def sentiment(examples: Sequence[Example], found: Found) -> Iterator[str]:
    """Sentiment, three classes, by data set and system."""

    def lines() -> Iterator[Sequence[object]]:
        for source, name in SETS.items():
            rows = [row for row, each in enumerate(examples) if each.source == source and each.sentiment is not None]
            if not rows:
                continue
            wanted = [str(examples[row].sentiment) for row in rows]
            for system, guesses in _guesses(examples, rows, found):
                yield name, len(rows), system, *_three(wanted, guesses)

    return _table("Sentiment", ("data set", "n", "system", "accuracy", "macro-F1", "recall of negative"), lines())


def _three(wanted: list[str], guesses: list[str]) -> tuple[Figure, Figure, Figure]:
    return accuracy(wanted, guesses), macro_f1(wanted, guesses), recall_of("negative", wanted, guesses)


def complaints(examples: Sequence[Example], found: Found) -> Iterator[str]:
    """Complaint v compliment on NHS text (by the sign of the score), and both flags on invented feedback."""

    def lines() -> Iterator[Sequence[object]]:
        nhs = [
            row
            for row, each in enumerate(examples)
            if each.source == "nhs_phase_2" and each.kind in {"complaint", "compliment"}
        ]
        ours = [row for row, each in enumerate(examples) if each.source == "feedback"]
        for system, tags in found.items():
            if nhs:
                signs = [(tags[row].score or 0.0) < 0 for row in nhs]
                yield (
                    "NHS: complaint v compliment",
                    len(nhs),
                    system,
                    f1_of([examples[row].kind == "complaint" for row in nhs], signs),
                )
            yield (
                "invented: complaint",
                len(ours),
                system,
                f1_of([bool(examples[row].complaint) for row in ours], [tags[row].complaint for row in ours]),
            )
            yield (
                "invented: compliment",
                len(ours),
                system,
                f1_of([bool(examples[row].compliment) for row in ours], [tags[row].compliment for row in ours]),
            )

    return _table("Complaint and compliment", ("what", "n", "system", "F1"), lines())


def themes(examples: Sequence[Example], found: Found) -> Iterator[str]:
    """Themes: groups of NHS labels, and our sixteen on invented feedback; polarity where the theme is found."""

    def lines() -> Iterator[Sequence[object]]:
        nhs = [row for row, each in enumerate(examples) if each.source == "nhs_phase_2" and bool(each.theme_ids)]
        ours = [row for row, each in enumerate(examples) if each.source == "feedback"]
        by_cues = [{theme for theme, _ in cue_hits(example.text)} for example in examples]
        systems: dict[str, Sequence[set[str]]] = {"cue words": by_cues}
        systems |= {system: [set(each.themes) for each in tags] for system, tags in found.items()}
        for system, sets in systems.items():
            if nhs:
                wanted = [_grouped(set(examples[row].themes)) for row in nhs]
                yield "NHS phase 2, 8 groups", len(nhs), system, *sets_f1(wanted, [_grouped(sets[row]) for row in nhs])
            wanted = [set(examples[row].themes) for row in ours]
            yield "invented, 16 themes", len(ours), system, *sets_f1(wanted, [sets[row] for row in ours])

    yield from _table("Themes", ("what", "n", "system", "micro-F1", "macro-F1"), lines())
    yield ""
    for system, tags in found.items():
        yield f"Polarity right where a theme is found and is praised or blamed, {system}: {_polarity(examples, tags)}."


def _grouped(themes_of_one: set[str]) -> set[str]:
    return {group for group, members in GROUPS.items() if members & themes_of_one}


_WORD = {"pos": "positive", "neg": "negative"}


def _polarity(examples: Sequence[Example], tags: Sequence[Tags]) -> Figure:
    return share(
        tags[place].themes[theme] == _WORD[polarity]
        for place, example in enumerate(examples)
        if example.source == "feedback"
        for theme, polarity in example.themes.items()
        if polarity in _WORD and theme in tags[place].themes
    )


_HARM = ("disclosures", "risk_texts")
_URGENT = {"red_now", "red_today", "conduct"}


def _seen(examples: Sequence[Example], found: Found, rows: Rows) -> Iterator[tuple[str, list[set[str]]]]:
    """The severities that each system sees in each text, the patterns alone first."""
    yield "patterns alone", [{concern.severity for concern in concerns_with(None, examples[row].text)} for row in rows]
    for system, tags in found.items():
        yield system, [{concern.severity for concern in tags[row].concerns} for row in rows]


def concerns(examples: Sequence[Example], found: Found) -> Iterator[str]:
    """How many disclosures are seen, at all and as urgent, by severity."""

    def lines() -> Iterator[Sequence[object]]:
        parts = sorted({(each.source, each.kind) for each in examples if each.source in _HARM and each.concern})
        for source, kind in [*parts, ("harmless", "past_or_negated")]:
            rows = [row for row, each in enumerate(examples) if (each.source, each.kind) == (source, kind)]
            for system, seen in _seen(examples, found, rows):
                yield (
                    f"{source}, {kind}",
                    len(rows),
                    system,
                    share(bool(each & _URGENT) for each in seen),
                    share(map(bool, seen)),
                )

    return _table("Urgent concerns: found", ("texts", "n", "system", "urgent tier", "any tier"), lines())


def false_alarms(examples: Sequence[Example], found: Found) -> Iterator[str]:
    """How often a text without any concern raises one."""

    def lines() -> Iterator[Sequence[object]]:
        sources = [("sms", None), ("nhs_phase_2", None), ("nhs_phase_1", None), ("feedback", None)]
        for source, kind in [*sources, ("harmless", "harmless"), ("harmless", "look_alike"), ("risk_texts", "risk 0")]:
            rows = [
                row
                for row, each in enumerate(examples)
                if (each.source == source and not each.concern and (kind is None or each.kind == kind))
            ]
            if rows:
                for system, seen in _seen(examples, found, rows):
                    yield (
                        f"{source}, {kind}" if kind else source,
                        len(rows),
                        system,
                        share(bool(each & _URGENT) for each in seen),
                        share(map(bool, seen)),
                    )

    return _table("Urgent concerns: false alarms", ("texts", "n", "system", "urgent tier", "any tier"), lines())


def groups(examples: Sequence[Example], found: Found) -> Iterator[str]:
    """Invented feedback by who wrote it, and disclosures by category, with the best system."""
    tags = found["full"]

    def by_audience() -> Iterator[Sequence[object]]:
        for audience in sorted({str(each.audience) for each in examples if each.source == "feedback"}):
            rows = [row for row, each in enumerate(examples) if each.source == "feedback" and each.audience == audience]
            tone = macro_f1(
                [str(examples[row].sentiment) for row in rows], [tags[row].sentiment or "neutral" for row in rows]
            )
            yield (
                audience,
                len(rows),
                tone,
                sets_f1([set(examples[row].themes) for row in rows], [set(tags[row].themes) for row in rows])[0],
            )

    def by_category() -> Iterator[Sequence[object]]:
        for category in sorted({str(each.category) for each in examples if each.source == "disclosures"}):
            rows = [
                row for row, each in enumerate(examples) if each.source == "disclosures" and each.category == category
            ]
            yield category, len(rows), share(bool(tags[row].concerns) for row in rows)

    yield from _table(
        "Invented feedback, by who wrote it (full)",
        ("who", "n", "sentiment macro-F1", "themes micro-F1"),
        by_audience(),
    )
    yield ""
    yield from _table("Invented disclosures, by category (full)", ("category", "n", "any tier"), by_category())
