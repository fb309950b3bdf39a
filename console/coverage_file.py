"""Coverage and its gaps as files for a spreadsheet.

Coverage has a line for each group and a column for each place where people may stand; the gap list a line for each person
who was not heard.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from analysis.digesting.standings import STATUS_LABELS, UNINVITED_LABELS, held_label
from analysis.figures import reason_label
from bot.shown.coverage_view import CoverageTable, GapLine, Group

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: CoverageTable, what: str) -> str:
    """The table with its total, as CSV.

    Args:
        what: what the groups are, the head of the first column.
    """
    reasons = sorted(table.total.standing.not_asked)
    held = sorted(table.total.standing.held_back)
    heads = [
        what,
        *("Stages", "Stages with a voice", "Stages with no voice", "Of those, still being asked"),
        *(f"Stages: {words}" for words in UNINVITED_LABELS.values()),
        *("People", "Ever asked", "Heard"),
        *(words.capitalize() for words in STATUS_LABELS.values()),
        *(f"Not asked: {reason_label(reason)}" for reason in reasons),
        *(f"Held back by the worker: {held_label(reason)}" for reason in held),
    ]
    return _written(heads, (_line(group, reasons, held) for group in (*table.groups, table.total)))


def gaps_as_csv(lines: Iterable[GapLine]) -> str:
    """The stages with no voice, as CSV: a line for each person on them, and one where there is nobody."""
    heads = ("Case", "Stage", "Day", "Worker", "Unit", "Who", "Why not")
    return _written(
        heads,
        (
            [
                *(harmless(line.case_reference), line.stage, line.happened_on.isoformat()),
                *(harmless(line.worker), harmless(line.unit), who, why),
            ]
            for line in lines
            for who, why in line.people
        ),
    )


def _written(heads: Sequence[str], lines: Iterable[Sequence[str | int]]) -> str:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(heads)
    writer.writerows(lines)
    return file.getvalue()


def _line(group: Group, reasons: Sequence[str], held: Sequence[str]) -> list[str | int]:
    stands = group.standing
    return [
        harmless(group.label),
        *(group.stages, group.heard, group.without_voice, group.under_way),
        *(group.uninvited.get(why, 0) for why in UNINVITED_LABELS),
        *(stands.people, stands.asked, stands.heard),
        *(stands.count(status) for status in STATUS_LABELS),
        *(stands.not_asked.get(reason, 0) for reason in reasons),
        *(stands.held_back.get(reason, 0) for reason in held),
    ]


def harmless(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_STARTS_A_FORMULA) else words
