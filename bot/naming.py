"""What a council calls its roles, and how often it asks partners and staff: chosen in a file, not in code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from surveys.checking.plain_yaml import read_mapping
from surveys.checking.problems import Problem

SHIPPED = Path(__file__).with_name("names.yaml")
LONGEST = 60
"""Characters of a name."""

MONTHS: Mapping[str, Collection[int]] = {"partners": range(1, 7), "staff_pulse": (3, 6, 12)}
"""How many months may lie between two times: partners are heard twice a year at least (B2), and a pulse has a quarter."""


@dataclass(frozen=True)
class Names:
    """What a council calls its roles, and every how many months it asks partners and staff."""

    roles: Mapping[str, str]
    cadences: Mapping[str, int]


@cache
def shipped() -> Names:
    """The names that come with Heard."""
    return load(None)


def load(file: str | None) -> Names:
    """The names that come with Heard, with those of the council's file in their place.

    Raises:
        ValueError: the file cannot be used; the message lists every problem and what to write instead.
    """
    ours = _read(SHIPPED)
    theirs = _read(Path(file)) if file else {}
    problems = [f"{part}: not known; write roles or cadences" for part in theirs if part not in ours]
    both = {part: {**ours[part], **_part(theirs, part, problems)} for part in ours}
    problems += [
        f"{part}, {name}: not known; write one of {', '.join(ours[part])}"
        for part in ours
        for name in both[part].keys() - ours[part]
    ]
    roles = {key: _name(f"roles, {key}", told, problems) for key, told in both["roles"].items()}
    cadences = {key: _months(key, both["cadences"][key], problems) for key in ours["cadences"]}
    if problems:
        raise ValueError("; ".join(problems))
    return Names(roles, cadences)


def _read(path: Path) -> Mapping[str, Any]:
    content = read_mapping(path)
    if isinstance(content, Problem):
        raise ValueError(f"{content.wrong} {content.instead}".rstrip("."))  # noqa: TRY004 - what is wrong is in the file
    return content


def _part(theirs: Mapping[str, Any], part: str, problems: list[str]) -> Mapping[str, Any]:
    told = theirs.get(part, {})
    if isinstance(told, dict) and all(isinstance(key, str) for key in told):
        return told
    problems.append(f"{part}: not a list; write lines such as 'worker: Practitioner', each set in by two blanks")
    return {}


def _name(where: str, told: object, problems: list[str]) -> str:
    if isinstance(told, str) and told.strip() and told.isprintable() and len(told) <= LONGEST:
        return told.strip()
    problems.append(f"{where}: not a name; write at most {LONGEST} characters on one line")
    return ""


def _months(name: str, told: object, problems: list[str]) -> int:
    if isinstance(told, int) and told in MONTHS[name]:
        return told
    problems.append(f"cadences, {name}: not how many months; write one of {', '.join(map(str, MONTHS[name]))}")
    return 1
