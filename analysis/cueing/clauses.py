"""Splits a comment into clauses, for each is read by itself: "lovely worker but always late" says two things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from analysis.normalise import Word

_CLAUSE_BREAK = re.compile(r"[.!?;\n]+|\b(?:but|though|although|except|only|and then|however)\b", re.IGNORECASE)
_TURNS = frozenset({"but", "though", "although", "except", "however"})


def clauses(text: str) -> Iterator[str]:
    """The clauses of `text`: split at sentence ends and at but, though, except, only, and then (`tagging_rules`)."""
    return (clause for part in _CLAUSE_BREAK.split(text) if (clause := part.strip(" ,-")))


def clause_lengths(words: Sequence[Word]) -> list[int]:
    """For each of `words`, how many were written in its clause; "tbh" is one, whatever it is read as."""
    begins = (word.text in _TURNS or (i > 0 and word.sentence != words[i - 1].sentence) for i, word in enumerate(words))
    clause_of = list(accumulate(begins, initial=0))[1:]
    written = Counter(
        clause for clause, _ in {(clause, word.start) for clause, word in zip(clause_of, words, strict=True)}
    )
    return [written[clause] for clause in clause_of]
