"""What a council calls its roles and boards, and how often things come round: chosen in a file, not in code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from surveys.checking.plain_yaml import read_mapping
from surveys.checking.problems import Problem

SHIPPED = Path(__file__).with_name("names.yaml")
LONGEST = 60
"""Characters of a name."""

_EVERY = re.compile(r"(?P<number>[1-9]\d{0,2}) (?P<unit>day|month)s?")


@dataclass(frozen=True)
class Cadence:
    """How often something comes round. `number` is 1 where it is termly: six times a school year."""

    name: str
    number: int
    unit: Literal["day", "month", "term"]


@dataclass(frozen=True)
class Names:
    """What a council calls things."""

    roles: Mapping[str, str]
    boards: Mapping[str, str]
    cadences: Mapping[str, Cadence]


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
    problems = [f"{part}: not known; write roles, boards or cadences" for part in theirs if part not in ours]
    both = {part: {**ours[part], **_part(theirs, part, problems)} for part in ours}
    problems += [
        f"roles, {name}: not known; write one of {', '.join(ours['roles'])}"
        for name in both["roles"].keys() - ours["roles"]
    ]
    roles, boards = (
        {key: _name(f"{part}, {key}", both[part][key], problems) for key in both[part]} for part in ("roles", "boards")
    )
    cadences = {key: _cadence(f"cadences, {key}", told, problems) for key, told in both["cadences"].items()}
    if problems:
        raise ValueError("; ".join(problems))
    return Names(roles, boards, cadences)


def _read(path: Path) -> Mapping[str, Any]:
    content = read_mapping(path)
    if isinstance(content, Problem):
        raise ValueError(f"{content.wrong} {content.instead}".rstrip("."))  # noqa: TRY004 - what is wrong is in the file
    return content


def _part(theirs: Mapping[str, Any], part: str, problems: list[str]) -> Mapping[str, Any]:
    told = theirs.get(part, {})
    if isinstance(told, dict) and all(isinstance(key, str) for key in told):
        return told
    problems.append(f"{part}: not a list; write lines such as 'unit: Unit meeting', each set in by two blanks")
    return {}


def _name(where: str, told: object, problems: list[str]) -> str:
    if isinstance(told, str) and told.strip() and told.isprintable() and len(told) <= LONGEST:
        return told.strip()
    problems.append(f"{where}: not a name; write at most {LONGEST} characters on one line")
    return ""


def _cadence(where: str, told: object, problems: list[str]) -> Cadence:
    if not isinstance(told, dict) or set(told) != {"name", "every"}:
        problems.append(f"{where}: not a cadence; write {{name: Unit meeting, every: 42 days}}")
        return Cadence("", 1, "term")
    name = _name(f"{where}, name", told["name"], problems)
    if told["every"] == "termly":
        return Cadence(name, 1, "term")
    match = _EVERY.fullmatch(str(told["every"]))
    if match is None:
        problems.append(f"{where}, every: not how often; write it like 42 days, 6 months or termly")
        return Cadence(name, 1, "term")
    return Cadence(name, int(match["number"]), "day" if match["unit"] == "day" else "month")
