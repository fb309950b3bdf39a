"""Counts in words."""

from __future__ import annotations

import pytest

from analysis.figures import counted


@pytest.mark.parametrize(
    ("number", "nouns", "said"),
    [
        (0, ("text",), "0 texts"),
        (1, ("text",), "1 text"),
        (2, ("text",), "2 texts"),
        (1, ("person", "people"), "1 person"),
        (3, ("person", "people"), "3 people"),
        (1, ("mail waits", "mails wait"), "1 mail waits"),
    ],
)
def test_one_is_one_and_all_else_are_many(number: int, nouns: tuple[str, ...], said: str):
    assert counted(number, *nouns) == said
