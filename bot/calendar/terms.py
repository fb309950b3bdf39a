"""School terms, six a year, from a list that each council keeps for itself (`terms.yaml`)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).with_name("terms.yaml")


class Term(NamedTuple):
    """A school term, from its first day to its last, both included."""

    first: date
    last: date


class BadTerms(ValueError):
    """The list of terms cannot be used; the message says what to write instead."""


def read(text: str) -> tuple[Term, ...]:
    """Read a list of terms.

    Raises:
        BadTerms: with what to write instead.
    """
    try:
        rows = yaml.safe_load(text)
        terms = tuple(Term(row["first"], row["last"]) for row in rows)
    except (yaml.YAMLError, ValueError, TypeError, KeyError):
        raise BadTerms("write each term as - {first: 2026-09-02, last: 2026-10-16}") from None
    if not terms or any(type(day) is not date for term in terms for day in term):
        raise BadTerms("write each term as - {first: 2026-09-02, last: 2026-10-16}")
    for term in terms:
        if term.first > term.last:
            raise BadTerms(f"the term that begins on {term.first} ends before it begins: write the earlier day first")
    for term, following in pairwise(terms):
        if term.last >= following.first:
            raise BadTerms(f"the term that begins on {following.first} stands too early: write the earliest first")
    return terms


@lru_cache(maxsize=1)
def school_terms() -> tuple[Term, ...]:
    """The council's terms, the earliest first.

    Raises:
        BadTerms: its list cannot be used.
    """
    return read(FILE.read_text(encoding="utf-8"))


def terms_known_until() -> date:
    """The last day of the last term that is listed."""
    return school_terms()[-1].last


def is_school_holiday(day: date, terms: Sequence[Term] | None = None) -> bool:
    """Whether a day lies between two listed terms; before and after the list every day counts as one of school.

    So the narrower hours hold where nobody has said when the holidays are.
    """
    listed = terms if terms is not None else school_terms()
    before = bisect_right(listed, day, key=lambda term: term.first)
    return 0 < before < len(listed) and day > listed[before - 1].last
