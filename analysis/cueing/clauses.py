"""Splits a comment into clauses, for each is read by itself: "lovely worker but always late" says two things."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLAUSE_BREAK = re.compile(r"[.!?;\n]+|\b(?:but|though|although|except|only|and then|however)\b", re.IGNORECASE)


def clauses(text: str) -> Iterator[str]:
    """The clauses of `text`: split at sentence ends and at but, though, except, only, and then (`tagging_rules`)."""
    return (clause for part in _CLAUSE_BREAK.split(text) if (clause := part.strip(" ,-")))
