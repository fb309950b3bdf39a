"""Whether the council's lines and helplines can stand in texts and answer in its country. Rings nobody."""

from __future__ import annotations

from collections.abc import Mapping

from channels.phones import line_problem
from surveys.catalogue import Problem
from surveys.gaps import LINES, unfit_lines

SETTINGS = "settings"


def unfit(lines: Mapping[str, str], country: str) -> list[Problem]:
    """Give everything wrong with the council's lines, each under the name of its setting; empty where all is well.

    Args:
        lines: by the names in `surveys.gaps.LINES`.
        country: ISO 3166, two letters.
    """
    found = [Problem(SETTINGS, None, name.upper(), wrong, instead) for name, wrong, instead in unfit_lines(lines)]
    for name, line in LINES.items():
        if line.kind != "words" and (number := lines.get(name, "").strip()):
            wrong = line_problem(number, country, emergency=line.kind == "emergency")
            if wrong:
                instead = f"Write a number that people in {country} can use, or set COUNTRY to the country it is of."
                found.append(Problem(SETTINGS, None, name.upper(), wrong, instead))
    return found
