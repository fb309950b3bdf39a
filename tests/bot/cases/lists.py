"""Case lists for tests: a row that is right in every field, and files that hold rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.cases.load import ImportSummary, import_case_list
from bot.cases.rows import COLUMNS
from bot.clock import Clock
from store.session import Database
from surveys.catalogue import Catalogue
from tests.builders import COUNCIL
from tests.shipped import CATALOGUE


def a_row(**changes: str) -> dict[str, str]:
    """A row about a parent, right in every field, with some of them changed."""
    return {
        "case_reference": "EH-1",
        "service": "Early Help",
        "unit": "Harbour unit",
        "district": "Northwold",
        "level": "intensive",
        "worker_name": "Jo Bright",
        "worker_email": "jo.bright@council.example",
        "line_manager_name": "Owen Hope",
        "line_manager_email": "owen.hope@council.example",
        "stages": "assessment:2026-08-03; review:2026-10-01",
        "participant_role": "parent_carer",
        "name_to_use": "Agnieszka",
        "birth_date": "",
        "age_band": "",
        "mobile": "07700 900123",
        "language": "pl",
        "safe_contact": "text",
        "safe_contact_note": "",
        **changes,
    }


def a_young_person(**changes: str) -> dict[str, str]:
    """A row about a young person of the same case."""
    young = {
        "participant_role": "young_person",
        "name_to_use": "Sam",
        "birth_date": "2012-05-15",
        "mobile": "07700 900124",
        "language": "en",
    }
    return a_row(**{**young, **changes})


def as_text(rows: Sequence[dict[str, str]], *, delimiter: str = ",", columns: Sequence[str] = COLUMNS) -> str:
    """Rows as CSV with Windows line ends."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def a_file(folder: Path, *rows: dict[str, str]) -> Path:
    """A case list of these rows, with whatever columns they have."""
    path = folder / "case-list.csv"
    columns = list(dict.fromkeys([*COLUMNS, *(column for row in rows for column in row)]))
    path.write_bytes(as_text(rows, columns=columns).encode())
    return path


@cache
def catalogue() -> Catalogue:
    """The surveys that come with Heard."""
    return CATALOGUE


def import_rows(database: Database, clock: Clock, folder: Path, *rows: dict[str, str]) -> ImportSummary:
    """Import a case list of these rows."""
    return import_file(database, clock, a_file(folder, *rows))


def import_file(database: Database, clock: Clock, path: Path) -> ImportSummary:
    """Import a file."""
    return import_case_list(path, database=database, catalogue=catalogue(), council=COUNCIL, clock=clock)
