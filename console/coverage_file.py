"""Coverage as a file for a spreadsheet: a line for each group, a column for each place where people may stand."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from analysis.figures import reason_label
from analysis.standings import STATUS_LABELS, UNINVITED_LABELS
from bot.shown.coverage_view import CoverageTable, Group

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
        *(f"Held back by the worker: {reason_label(reason)}" for reason in held),
    ]
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(heads)
    writer.writerows(_line(group, reasons, held) for group in (*table.groups, table.total))
    return file.getvalue()


def _line(group: Group, reasons: Sequence[str], held: Sequence[str]) -> list[str | int]:
    stands = group.standing
    return [
        _harmless(group.label),
        *(group.stages, group.heard, group.without_voice, group.under_way),
        *(group.uninvited.get(why, 0) for why in UNINVITED_LABELS),
        *(stands.people, stands.asked, stands.heard),
        *(stands.count(status) for status in STATUS_LABELS),
        *(stands.not_asked.get(reason, 0) for reason in reasons),
        *(stands.held_back.get(reason, 0) for reason in held),
    ]


def _harmless(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_STARTS_A_FORMULA) else words
